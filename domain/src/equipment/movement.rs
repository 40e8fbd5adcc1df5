//! What can happen to equipment, as the ledger writes it.

use crate::{
    error::Problem,
    ids::{AccountId, ApplicationId, DepotId, MissionId, SlotId},
};

/// Units that one movement may be about.
pub const QUANTITY_MAX: i32 = 1_000_000;

states! {
    /// What a line of the ledger tells.
    pub enum MovementKind {
        /// Came into a depot.
        Received = "received",
        /// Promised to a mission; it stays in the depot.
        Reserved = "reserved",
        /// No longer promised to a mission.
        Released = "released",
        /// Handed out for a mission.
        Issued = "issued",
        /// Came back from a mission.
        Returned = "returned",
        /// Gone: from a depot, or of what a mission had been handed.
        Lost = "lost",
        /// What a count found more or less; between depots, what was carried.
        Corrected = "corrected",
    }
}

/// A number of units, 1 to [`QUANTITY_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(i32);

impl Quantity {
    /// A number of units; `None` for nothing and for too many.
    pub const fn new(units: i32) -> Option<Self> {
        if units >= 1 && units <= QUANTITY_MAX { Some(Self(units)) } else { None }
    }

    /// Reads a number of units; spaces between thousands are left out.
    ///
    /// # Errors
    /// `Required`, `NotANumber`, `OutOfRange`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let units = whole(text, 1, i64::from(QUANTITY_MAX))?;
        i32::try_from(units).ok().and_then(Self::new).ok_or(Problem::NotANumber)
    }

    /// How many.
    pub const fn get(self) -> i32 {
        self.0
    }
}

/// Reads a whole number between two others, both included; spaces between thousands are left out.
///
/// # Errors
/// `Required`, `NotANumber`, `OutOfRange`.
pub fn whole(text: &str, min: i64, max: i64) -> Result<i64, Problem> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Err(Problem::Required);
    }
    let plain = digits.strip_prefix('-').unwrap_or(&digits);
    if plain.is_empty() || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::NotANumber);
    }
    match digits.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(number),
        _ => Err(Problem::OutOfRange { min, max }),
    }
}

/// For which mission, slot and person something was handed out, came back or was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The mission.
    pub mission: MissionId,
    /// Its slot.
    pub slot: Option<SlotId>,
    /// The application of whoever got it.
    pub application: Option<ApplicationId>,
    /// The account of whoever got it.
    pub volunteer: Option<AccountId>,
}

impl Use {
    /// For a mission as a whole.
    pub const fn mission(mission: MissionId) -> Self {
        Self { mission, slot: None, application: None, volunteer: None }
    }
}

/// What happens; it says no more than it may: only what concerns a mission names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Comes into the depot.
    Received(Quantity),
    /// Is promised to a mission.
    Reserved(Quantity, MissionId),
    /// Is no longer promised to it.
    Released(Quantity, MissionId),
    /// Is handed out: of what the mission was promised at this depot first, of what is free there for the rest.
    Issued(Quantity, Use),
    /// Comes back into the depot, whichever it was handed out from.
    Returned(Quantity, Use),
    /// Is gone from the depot.
    Lost(Quantity),
    /// Is gone, of what a mission was handed; the depot has had it no more since then.
    LostInUse(Quantity, Use),
    /// Is there although the ledger did not know it.
    Found(Quantity),
    /// Is not there although the ledger said so.
    Missing(Quantity),
}

impl Act {
    /// The kind of its line.
    pub const fn kind(self) -> MovementKind {
        match self {
            Self::Received(_) => MovementKind::Received,
            Self::Reserved(..) => MovementKind::Reserved,
            Self::Released(..) => MovementKind::Released,
            Self::Issued(..) => MovementKind::Issued,
            Self::Returned(..) => MovementKind::Returned,
            Self::Lost(_) | Self::LostInUse(..) => MovementKind::Lost,
            Self::Found(_) | Self::Missing(_) => MovementKind::Corrected,
        }
    }

    /// The quantity of its line: below zero for what a count finds missing alone.
    pub const fn quantity(self) -> i32 {
        match self {
            Self::Received(n)
            | Self::Reserved(n, _)
            | Self::Released(n, _)
            | Self::Issued(n, _)
            | Self::Returned(n, _)
            | Self::Lost(n)
            | Self::LostInUse(n, _)
            | Self::Found(n) => n.get(),
            Self::Missing(n) => -n.get(),
        }
    }

    /// What it concerns, if it is a mission.
    pub const fn concerns(self) -> Option<Use> {
        match self {
            Self::Reserved(_, mission) | Self::Released(_, mission) => Some(Use::mission(mission)),
            Self::Issued(_, of) | Self::Returned(_, of) | Self::LostInUse(_, of) => Some(of),
            Self::Received(_) | Self::Lost(_) | Self::Found(_) | Self::Missing(_) => None,
        }
    }

    /// Whether its line must say why.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Lost(_) | Self::Found(_) | Self::Missing(_))
    }
}

/// A line to be written in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// At which depot.
    pub depot: DepotId,
    /// Of which type of equipment.
    pub type_code: String,
    /// What happens.
    pub act: Act,
    /// Why, may be empty where the act does not ask for it.
    pub reason: String,
}

impl Movement {
    /// A line without a reason.
    pub fn new(depot: DepotId, type_code: impl Into<String>, act: Act) -> Self {
        Self { depot, type_code: type_code.into(), act, reason: String::new() }
    }

    /// The same, with a reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }
}
