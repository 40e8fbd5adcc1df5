//! What volunteers who are counted on go by, and how often they are told that it changed.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{applications::rules::Span, ids::SlotId};

/// Volunteers of one mission hear of changes once in this time at most.
pub const TOLD_EVERY: TimeDelta = TimeDelta::hours(1);

/// What volunteers of a mission go by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Where to meet, whom to ask for, what to bring.
    pub practical: String,
    /// From home.
    pub remote: bool,
    /// Where, on site.
    pub address: String,
    /// When each slot begins and ends.
    pub slots: Vec<(SlotId, Span)>,
}

impl Details {
    /// Whether it takes place elsewhere than before.
    pub fn is_elsewhere(&self, before: &Self) -> bool {
        self.remote != before.remote || (!self.remote && self.address != before.address)
    }

    /// The slots whose hours are others than before: what they were, what they are.
    pub fn moved(&self, before: &Self) -> Vec<(SlotId, Span, Span)> {
        let was = |id: SlotId| before.slots.iter().find(|slot| slot.0 == id).map(|slot| slot.1);
        let moved = |(id, is): &(SlotId, Span)| was(*id).filter(|was| was != is).map(|was| (*id, was, *is));
        self.slots.iter().filter_map(moved).collect()
    }

    /// Whether there is something to tell whoever knew how it was before.
    pub fn is_news(&self, before: &Self) -> bool {
        self.practical != before.practical || self.is_elsewhere(before) || !self.moved(before).is_empty()
    }
}

/// Whether volunteers may be told now, after they were told then.
pub fn may_tell(told_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    told_at.is_none_or(|at| at <= now - TOLD_EVERY)
}
