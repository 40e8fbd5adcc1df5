//! What is sent and shown about planning.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Proposed;
use crate::{
    error::{FieldErrors, Problem},
    ids::{ApplicationId, MissionId, OrganisationId, SlotBatchId},
    missions::{SlotLine, SlotPlan},
};

/// A pattern of slots as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PatternForm {
    /// Days of the week, as numbers of ISO 8601: 1 for Monday.
    pub days: Vec<String>,
    /// `weekly` or `fortnightly`.
    pub rhythm: String,
    /// The first day (`2026-12-01`).
    pub first_day: String,
    /// The last one.
    pub last_day: String,
    /// Start (`09:00`), Europe/Paris.
    pub start: String,
    /// End (`12:00`); not after the start means the next day.
    pub end: String,
    /// How many volunteers for each slot.
    pub places: String,
    /// `skip` leaves public holidays out.
    pub holidays: String,
}

impl PatternForm {
    /// Whether anything is asked.
    pub fn is_asked(&self) -> bool {
        *self != Self::default()
    }
}

states! {
    /// What a copy of a mission begins with.
    pub enum CopySlots {
        /// Its slots, moved by whole weeks until the first lies ahead.
        Moved = "moved",
        /// None.
        None = "none",
    }
}

/// What a slot is given more of, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExtendForm {
    /// How many volunteers.
    pub places: String,
    /// Last day of an open period (`2026-12-31`); as it was when empty.
    pub last_date: String,
}

/// Fewer places of a slot, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReduceForm {
    /// How many places stay.
    pub places: String,
    /// The applications that lose theirs.
    pub ids: Vec<String>,
    /// What they are told.
    pub reason: String,
}

/// The page on which places of a slot are taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReducePage {
    /// Who answers for the slot.
    pub organisation: OrganisationId,
    /// The mission: id, title.
    pub mission: (MissionId, String),
    /// The slot.
    pub slot: SlotLine,
    /// Whether places can be taken away: it has not begun, and is not called off.
    pub open: bool,
    /// Those who hold a place, the last one accepted first.
    pub holders: Vec<Holder>,
    /// How many places stay, as typed; empty before that.
    pub typed: String,
    /// The number that was typed, once it is one that can be.
    pub places: Option<u32>,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

/// Somebody who holds a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Their application.
    pub application: ApplicationId,
    /// First and last name.
    pub name: String,
    /// Whether it was offered and not taken yet.
    pub offered: bool,
    /// Since when, UTC.
    pub since: DateTime<Utc>,
    /// How many other slots of the mission they keep.
    pub others: u32,
    /// Proposed to lose it.
    pub proposed: bool,
}

/// The page on which slots that repeat are planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternPage {
    /// The mission.
    pub id: MissionId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// Its title; may be empty.
    pub title: String,
    /// Whether slots may be added now.
    pub editable: bool,
    /// The mission is online: what is added waits for its own green light.
    pub online: bool,
    /// The town's public holidays are those of Alsace and Moselle.
    pub alsace_moselle: bool,
    /// What was asked.
    pub form: PatternForm,
    /// What is wrong with it.
    pub errors: FieldErrors,
    /// What it names, in order of time, and what becomes of each.
    pub proposed: Vec<Proposed>,
    /// How many slots it would make.
    pub new: u32,
    /// The slots that the version has.
    pub existing: Vec<SlotPlan>,
}

/// Slots that were added together, as far as the version being written still has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotBatch {
    /// Its id.
    pub id: SlotBatchId,
    /// When they were added, UTC.
    pub at: DateTime<Utc>,
    /// Those that nobody has or asked for: they go when the batch is undone.
    pub free: Vec<SlotPlan>,
    /// The others, and how many people have or asked for each: they stay.
    pub taken: Vec<(SlotPlan, u32)>,
    /// Whether it can be undone now.
    pub removable: bool,
}
