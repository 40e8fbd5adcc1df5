//! What a movement does to a balance: the one place that says so. The database's own checks say the same once more.

use serde::{Deserialize, Serialize};

use super::Act;
use crate::error::Conflict;

/// What a depot, or all depots of a town, hold of one type: 0 <= reserved <= on hand, always.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Units that are there.
    pub on_hand: i32,
    /// Units of these that missions were promised.
    pub reserved: i32,
}

/// How a movement changes a balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    /// Units that are there.
    pub on_hand: i32,
    /// Units that missions were promised.
    pub reserved: i32,
}

/// Where a mission stands with one type of equipment, before a movement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Units that it is promised at the depot of the movement.
    pub reserved: i32,
    /// Units that it was handed, from whichever depot, and that neither came back nor were lost.
    pub issued: i32,
}

/// What an act does to the balance of its depot:
///
/// | act | on hand | reserved | refused when |
/// |---|---|---|---|
/// | received, returned, found | + n | | returned: more than the mission still has |
/// | reserved | | + n | |
/// | released | | − n | more than the mission is promised here |
/// | issued | − n | − what the mission is promised here, n at most | |
/// | lost, missing | − n | | |
/// | lost in use | | | more than the mission still has |
///
/// # Errors
/// `MoreThanReserved`, `MoreThanIssued`. Whether enough is there is asked of the balance: [`Balance::after`].
pub fn effect(act: Act, standing: Standing) -> Result<Effect, Conflict> {
    let none = Effect { on_hand: 0, reserved: 0 };
    let in_hand = |units: i32| if units <= standing.issued { Ok(()) } else { Err(Conflict::MoreThanIssued) };
    match act {
        Act::Received(n) | Act::Found(n) => Ok(Effect { on_hand: n.get(), ..none }),
        Act::Returned(n, _) => in_hand(n.get()).map(|()| Effect { on_hand: n.get(), ..none }),
        Act::Reserved(n, _) => Ok(Effect { reserved: n.get(), ..none }),
        Act::Released(n, _) if n.get() > standing.reserved => Err(Conflict::MoreThanReserved),
        Act::Released(n, _) => Ok(Effect { reserved: -n.get(), ..none }),
        Act::Issued(n, _) => Ok(Effect { on_hand: -n.get(), reserved: -n.get().min(standing.reserved.max(0)) }),
        Act::Lost(n) | Act::Missing(n) => Ok(Effect { on_hand: -n.get(), ..none }),
        Act::LostInUse(n, _) => in_hand(n.get()).map(|()| none),
    }
}

impl Balance {
    /// Units that nobody was promised.
    pub const fn free(self) -> i32 {
        self.on_hand - self.reserved
    }

    /// Whether a town that wants to be told under `level` is to be told.
    pub const fn is_low(self, level: i32) -> bool {
        self.free() < level
    }

    /// The balance after a movement. `equipment::ledger` of the server asks the database the same in one conditional write.
    ///
    /// # Errors
    /// `NotEnoughStock` when less would be there than missions were promised.
    pub fn after(self, effect: Effect) -> Result<Self, Conflict> {
        let sum = |a: i32, b: i32| a.checked_add(b).ok_or(Conflict::NotEnoughStock);
        let after =
            Self { on_hand: sum(self.on_hand, effect.on_hand)?, reserved: sum(self.reserved, effect.reserved)? };
        if 0 <= after.reserved && after.reserved <= after.on_hand { Ok(after) } else { Err(Conflict::NotEnoughStock) }
    }

    /// Two depots together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { on_hand: self.on_hand + other.on_hand, reserved: self.reserved + other.reserved }
    }
}
