//! What is said of a mission that somebody keeps. Pure: instants come from the caller.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::missions::{MissionStatus, SlotLine};

/// Missions that one person keeps at most.
pub const MAX_FAVOURITES: u64 = 100;

/// How long a mission stays among those that somebody keeps once it has ended.
pub const KEPT_AFTER: TimeDelta = TimeDelta::days(90);

/// What somebody is told of a mission that they keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FavouriteState {
    /// A slot to come has a place.
    Open,
    /// There are slots to come, without a place.
    Full,
    /// It is over.
    Ended,
    /// It cannot be seen any more, or not now: why is nobody's business.
    Offline,
}

/// What is told of a mission whose `slots` are those that are offered. Suspended, cancelled and refused ones are all the same to
/// whoever looks: not online.
pub fn state(status: MissionStatus, slots: &[SlotLine], now: DateTime<Utc>) -> FavouriteState {
    let mut to_come = slots.iter().filter(|slot| !slot.cancelled && slot.ends_at > now).peekable();
    match status {
        MissionStatus::Closed => FavouriteState::Ended,
        MissionStatus::Published if to_come.peek().is_none() => FavouriteState::Ended,
        MissionStatus::Published if to_come.any(|slot| slot.taken < slot.places) => FavouriteState::Open,
        MissionStatus::Published => FavouriteState::Full,
        _ => FavouriteState::Offline,
    }
}
