//! Joining a duplicate: the slots of a mission under review become slots of one that is online already.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::missions::{MissionContent, SlotLine, SlotPlan};

/// What becomes of a slot of the mission that is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It comes over.
    Joins,
    /// It comes over, beside a slot at the very same time: the places of the two are not one.
    SameTime,
    /// It is over, or has begun: it stays behind.
    Past,
}

/// The slots of a mission with what becomes of each when it is joined to what is online (without what was called off).
pub fn joining(joined: &MissionContent, online: &MissionContent, now: DateTime<Utc>) -> Vec<(SlotPlan, Fate)> {
    let fate = |slot: &SlotPlan| {
        if !slot.problems("", Some(now)).is_empty() {
            Fate::Past
        } else if online.slots.iter().any(|other| other.when() == slot.when()) {
            Fate::SameTime
        } else {
            Fate::Joins
        }
    };
    joined.slots.iter().map(|slot| (*slot, fate(slot))).collect()
}

/// Who holds a slot that comes over. What comes from the mission's own organisation is simply its own, unless a version of
/// its own is under way that would take the slot away again, or a slot of its own lies at the same time: then it is held,
/// like a partner's.
pub fn holder(owner: Uuid, joiner: Uuid, under_way: bool, fate: Fate) -> Option<Uuid> {
    (owner != joiner || under_way || fate == Fate::SameTime).then_some(joiner)
}

/// What joining would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinPreview {
    /// The slots of the mission under review, with what becomes of each.
    pub slots: Vec<(SlotLine, Fate)>,
    /// Whether both missions are the same organisation's: then nobody becomes a partner.
    pub same_organisation: bool,
    /// Mandatory items of the checklist that lack an answer. For the one about duplicates any answer will do.
    pub missing: u32,
    /// The hash of what is online, as it was read.
    pub seen: String,
}

impl JoinPreview {
    /// How many places come over.
    pub fn places(&self) -> u32 {
        self.slots.iter().filter(|(_, fate)| *fate != Fate::Past).map(|(slot, _)| slot.places).sum()
    }
}
