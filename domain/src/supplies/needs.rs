//! How much is needed, how much of it is there, and what is missing. What is used up adds up from slot to slot; what comes
//! back after a slot serves the next one, so that its need is the most of it that is in use at one time.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::missions::EquipmentNeed;

/// For how long after a slot what was kept for it stays kept: a list that was ticked on paper is typed in afterwards.
pub const GRACE: TimeDelta = TimeDelta::days(7);

/// How far ahead it is looked for what will be short.
pub const AHEAD: TimeDelta = TimeDelta::days(7);

/// Units of one kind that a slot needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// Beginning of the slot, included.
    pub starts_at: DateTime<Utc>,
    /// Its end, excluded.
    pub ends_at: DateTime<Utc>,
    /// How many.
    pub units: u32,
}

/// Units of one kind that several slots of a mission need together.
pub fn together(demands: &[Demand], single_use: bool) -> u32 {
    if single_use {
        demands.iter().fold(0, |sum: u32, demand| sum.saturating_add(demand.units))
    } else {
        at_one_time(demands)
    }
}

/// The most units that are in use at one time.
fn at_one_time(demands: &[Demand]) -> u32 {
    let mut changes: BTreeMap<DateTime<Utc>, i64> = BTreeMap::new();
    for demand in demands.iter().filter(|demand| demand.starts_at < demand.ends_at) {
        *changes.entry(demand.starts_at).or_default() += i64::from(demand.units);
        *changes.entry(demand.ends_at).or_default() -= i64::from(demand.units);
    }
    let (mut now, mut most) = (0_i64, 0_i64);
    for change in changes.into_values() {
        now += change;
        most = most.max(now);
    }
    u32::try_from(most).unwrap_or(u32::MAX)
}

/// What a mission needs of a kind, against the stock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Units that it needs, beyond those that were handed out.
    pub needed: u32,
    /// Units that are reserved for it.
    pub reserved: u32,
    /// Units of the town that are reserved for nobody.
    pub free: u32,
}

impl Cover {
    /// Units to reserve now: what is not reserved yet, as far as the stock goes.
    pub fn to_reserve(self) -> u32 {
        self.unreserved().min(self.free)
    }

    /// Units that are reserved for what will not happen any more.
    pub const fn to_release(self) -> u32 {
        self.reserved.saturating_sub(self.needed)
    }

    /// Units that are not there.
    pub const fn missing(self) -> u32 {
        self.unreserved().saturating_sub(self.free)
    }

    /// Units that it needs and that are not reserved for it.
    pub const fn unreserved(self) -> u32 {
        self.needed.saturating_sub(self.reserved)
    }
}

/// Units that will be short when several missions draw on the same free stock: for each, what it needs and what is
/// reserved for it.
pub fn short(missions: impl IntoIterator<Item = (u32, u32)>, free: u32) -> u32 {
    let wanted =
        missions.into_iter().fold(0_u32, |sum, (needed, reserved)| sum.saturating_add(needed.saturating_sub(reserved)));
    wanted.saturating_sub(free)
}

/// Units that a slot still needs. Before its end, what came back is needed again; afterwards nothing is needed for it any
/// more that it had.
pub const fn outstanding(needed: u32, issued: u32, returned: u32, over: bool) -> u32 {
    let had = if over { issued } else { issued.saturating_sub(returned) };
    needed.saturating_sub(had)
}

/// Takes units from places in their order, as far as each goes: the place of each, with what it gives.
pub fn spread<P>(units: u32, places: impl IntoIterator<Item = (P, u32)>) -> Vec<(P, u32)> {
    let mut left = units;
    let mut taken = Vec::new();
    for (place, there) in places {
        let some = left.min(there);
        if some > 0 {
            left -= some;
            taken.push((place, some));
        }
    }
    taken
}

/// A slot of a mission, with those who come, or may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// Its id.
    pub id: Uuid,
    /// Beginning, included.
    pub starts_at: DateTime<Utc>,
    /// End, excluded.
    pub ends_at: DateTime<Utc>,
    /// How many volunteers to count on.
    pub volunteers: u32,
}

/// Units of one kind that changed hands on one slot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Handed {
    /// Handed out.
    pub issued: u32,
    /// Came back.
    pub returned: u32,
    /// Lost in use.
    pub lost: u32,
}

impl Handed {
    /// Units that are still with somebody.
    pub const fn held(self) -> u32 {
        self.issued.saturating_sub(self.returned).saturating_sub(self.lost)
    }
}

/// Units of one kind that a mission still needs for these slots, with what was handed out on each.
pub fn needed(
    need: &EquipmentNeed,
    single_use: bool,
    slots: &[Planned],
    handed: impl Fn(Uuid) -> Handed,
    now: DateTime<Utc>,
) -> u32 {
    let demands: Vec<Demand> = slots
        .iter()
        .map(|slot| {
            let Handed { issued, returned, .. } = handed(slot.id);
            let over = slot.ends_at <= now;
            let units = outstanding(need.of_slot(slot.volunteers), issued, returned, over);
            Demand { starts_at: slot.starts_at, ends_at: slot.ends_at, units }
        })
        .collect();
    together(&demands, single_use)
}
