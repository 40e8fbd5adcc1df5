//! Whether help is wanted: what is offered in the weeks to come, and how many offered to help lately.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// Both windows: the slots of the next four weeks, the applications of the last four.
pub const WINDOW: TimeDelta = TimeDelta::weeks(4);

/// Places and applications of some missions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Places in slots of the next four weeks.
    pub places: u32,
    /// Those that are taken.
    pub filled: u32,
    /// Applications that wait for an answer or for a place.
    pub waiting: u32,
    /// Applications of the last four weeks.
    pub applications: u32,
}

impl Need {
    /// Places that are free.
    pub const fn open(self) -> u32 {
        self.places.saturating_sub(self.filled)
    }

    /// Applications per place, in tenths, rounded; `None` without places.
    pub fn tenths_per_place(self) -> Option<u32> {
        let (applications, places) = (u64::from(self.applications), u64::from(self.places));
        let tenths = (applications * 10 + places / 2).checked_div(places)?;
        u32::try_from(tenths).ok()
    }

    /// How full it is, in tenths: none only when nothing is taken, all only when nothing is free.
    pub fn fill(self) -> u32 {
        match (self.filled, self.open()) {
            (0, _) => 0,
            (_, 0) => 10,
            (filled, _) => {
                let tenths = u64::from(filled) * 10 / u64::from(self.places.max(1));
                u32::try_from(tenths).unwrap_or(9).clamp(1, 9)
            }
        }
    }

    /// Whether help is short: more than half the places are free.
    pub const fn is_short(self) -> bool {
        self.open() > self.filled
    }
}
