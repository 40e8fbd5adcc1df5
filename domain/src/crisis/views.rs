//! What is sent and shown about crisis measures.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{MeasuresForm, MeasuresStatus};
use crate::{
    ids::{MeasuresId, MissionId, ReviewId},
    missions::{SlotKind, Term},
    network::TownRef,
    reviews::HistoryLine,
};

/// What stands at the top of pages while measures hold, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Banner {
    /// Where they hold: a town's name, or empty for every town.
    pub town: String,
    /// What is said.
    pub text: String,
}

/// Measures as everybody may read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicMeasures {
    /// Where they hold; `None` for every town.
    pub town: Option<TownRef>,
    /// What they are called.
    pub title: String,
    /// What the banner says.
    pub text: String,
    /// What they ask.
    pub facts: MeasuresFacts,
}

/// What measures ask, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuresFacts {
    /// First day in Paris.
    pub first_day: NaiveDate,
    /// Last day in Paris, included.
    pub last_day: NaiveDate,
    /// Labels of the domains that go on; `None` for all.
    pub domains: Option<Vec<String>>,
    /// The age from which volunteers get remote missions only.
    pub remote_from_age: Option<u32>,
    /// The most people together.
    pub largest_group: Option<u32>,
    /// Safety rules, one a line; may be empty.
    pub rules: String,
    /// Their version.
    pub rules_version: u32,
}

/// A line of the list of measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuresLine {
    /// Which.
    pub id: MeasuresId,
    /// What they are called.
    pub title: String,
    /// Where they stand.
    pub status: MeasuresStatus,
    /// First day.
    pub first_day: NaiveDate,
    /// Last day, included; the day they were lifted, if they were.
    pub last_day: NaiveDate,
    /// Missions that are offline because of them.
    pub suspended: u32,
}

/// The measures of a town or of the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuresList {
    /// The town; `None` for the network.
    pub town: Option<TownRef>,
    /// Newest first.
    pub own: Vec<MeasuresLine>,
    /// The network's measures that are switched on, and what they do in this town.
    pub network: Vec<PublicMeasures>,
    /// Missions of this town that are offline because of any measures.
    pub suspended: Vec<SuspendedMission>,
    /// The viewer may write them.
    pub may_write: bool,
}

/// What the form of measures needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuresStart {
    /// The town; `None` for the network.
    pub town: Option<TownRef>,
    /// What it begins with.
    pub form: MeasuresForm,
    /// Domains to choose from, the vital ones first.
    pub domains: Vec<Term>,
}

/// A mission that measures suspend, or would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuspendedMission {
    /// The mission.
    pub id: MissionId,
    /// Its title.
    pub title: String,
    /// Its organisation.
    pub organisation: String,
    /// Its domain, in the reader's language.
    pub domain: String,
    /// Its town, where the list is of several.
    pub town: String,
    /// Accepted volunteers of its slots to come.
    pub accepted: u32,
    /// Its last review, for the coordinators of its town: code of the town, and the file.
    pub review: Option<(String, ReviewId)>,
}

/// An accepted volunteer on a slot of a mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConcernedPerson {
    /// First and last name; empty for who does not coordinate the town.
    pub name: String,
    /// Title of the mission.
    pub mission: String,
    /// Its organisation.
    pub organisation: String,
    /// The slot, for those that one slot is about.
    pub slot: Option<(SlotKind, DateTime<Utc>, DateTime<Utc>)>,
}

/// A slot with more places than people may be together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LargeSlot {
    /// Title of the mission.
    pub mission: String,
    /// Its organisation.
    pub organisation: String,
    /// When.
    pub when: (SlotKind, DateTime<Utc>, DateTime<Utc>),
    /// Places.
    pub places: u32,
    /// Places taken.
    pub taken: u32,
}

/// What measures would do, or do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Missions that go offline, or are.
    pub suspended: Vec<SuspendedMission>,
    /// Accepted volunteers from the age of remote missions only, on slots on site.
    pub kept_home: Vec<ConcernedPerson>,
    /// Slots above the largest group.
    pub large: Vec<LargeSlot>,
    /// How many accepted volunteers must acknowledge the rules, or have not yet.
    pub to_acknowledge: u32,
    /// How many of those counted on have acknowledged the rules as they are now.
    pub acknowledged: u32,
    /// The first of those who have not, one line a person; none for who does not coordinate the town.
    pub missing: Vec<ConcernedPerson>,
}

/// The page of measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuresPage {
    /// The town; `None` for the network.
    pub town: Option<TownRef>,
    /// Which.
    pub id: MeasuresId,
    /// What they are called.
    pub title: String,
    /// Where they stand.
    pub status: MeasuresStatus,
    /// What they ask.
    pub facts: MeasuresFacts,
    /// What the banner says.
    pub banner: String,
    /// What they would do, do or did.
    pub effect: Effect,
    /// What the preview must still be when they are switched on.
    pub seen: String,
    /// The draft in its form.
    pub form: MeasuresForm,
    /// Domains to choose from.
    pub domains: Vec<Term>,
    /// When they were lifted, or were over by themselves.
    pub ended_at: Option<DateTime<Utc>>,
    /// Switched on now, they begin at once; otherwise on their first day.
    pub at_once: bool,
    /// Every act, newest first.
    pub history: Vec<HistoryLine>,
    /// The viewer may write them.
    pub may_write: bool,
}

/// How switching on went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switched {
    /// They hold.
    On,
    /// They will, from their first day.
    Scheduled,
    /// Nothing was done: they would no longer do what the preview said.
    Changed,
}

/// Rules that a volunteer has still to acknowledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToAcknowledge {
    /// The measures.
    pub id: MeasuresId,
    /// Version of their rules.
    pub version: u32,
    /// What they are called.
    pub title: String,
    /// Where they hold: a town's name, or empty for every town.
    pub town: String,
    /// The rules, one a line.
    pub rules: String,
}

/// What measures say of a mission under review.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewMeasures {
    /// Some hold now.
    pub hold: bool,
    /// Its domain is not among the allowed ones: no green light.
    pub forbidden: bool,
    /// The most people together, when one of its slots is larger: no green light.
    pub above: Option<u32>,
}
