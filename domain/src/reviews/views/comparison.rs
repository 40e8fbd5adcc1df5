//! Missions that may be the same, and versions beside each other.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::{JoinPreview, ReviewStatus};
use crate::{
    ids::{MissionId, ReviewId},
    missions::{MissionPage, SlotLine},
    network::TownRef,
};

/// Why a mission may offer the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The same kind of help.
    SameHelp,
    /// Much of what is done is the same.
    SameActs,
    /// For the same public.
    SamePublic,
    /// In the same part of town.
    SamePart,
    /// In a part of town that counts as one with it.
    NextPart,
    /// Both from home.
    BothRemote,
    /// So many days in common, from the first slot to the last.
    DaysInCommon(u32),
    /// So many percent of the words mean the same.
    Words(u32),
}

/// A mission that may offer the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LikelyDuplicate {
    /// The other mission.
    pub id: MissionId,
    /// Its title.
    pub title: String,
    /// Its organisation.
    pub organisation: String,
    /// Its part of the public address, when it is public.
    pub slug: Option<String>,
    /// 0 to 100.
    pub score: u32,
    /// Why, the strongest first.
    pub reasons: Vec<Reason>,
    /// «Not a duplicate because…», when somebody said so of the two as they are now.
    pub dismissed: Option<Dismissal>,
}

/// Why two missions are no duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// The reason.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// Two missions side by side, from the review of one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The review.
    pub review: ReviewId,
    /// Its town.
    pub town: TownRef,
    /// Where the review stands.
    pub status: ReviewStatus,
    /// Taken by the viewer.
    pub mine: bool,
    /// The viewer may act on the review.
    pub may_act: bool,
    /// The mission under review, as the public will see it.
    pub this: MissionPage,
    /// The other one, as the public sees it or would.
    pub other: MissionPage,
    /// The hash of the other one, as it was read.
    pub seen: String,
    /// Where the public finds the other one, with scheme and host; `None` while it is not online.
    pub address: Option<String>,
    /// How alike they are.
    pub likeness: LikelyDuplicate,
    /// What differs, from the mission under review to the other.
    pub differences: Vec<FieldChange>,
    /// What joining the mission under review to the other would do, where it can be joined.
    pub join: Option<JoinPreview>,
    /// The review after this one in the queue.
    pub next: Option<ReviewId>,
}

/// The version that a later one is read beside: the one that was sent back just before, or else what is online.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Its number.
    pub version: u32,
    /// Whether it is online; otherwise it was sent back.
    pub online: bool,
    /// It is this very version, which came back without being written anew.
    pub again: bool,
    /// It, as the public sees it or would have.
    pub page: MissionPage,
    /// What differs.
    pub changed: Vec<FieldChange>,
}

/// A field that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name.
    pub field: String,
    /// How it changed.
    pub change: Change,
}

/// How a field changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A text, by words.
    Words(Vec<Piece>),
    /// Slots, by date.
    Slots(Vec<SlotChange>),
    /// A choice: it is read before and after.
    Value,
}

/// A piece of a text that is read beside an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// In both.
    Same(String),
    /// In the earlier one only.
    Removed(String),
    /// In the later one only.
    Added(String),
}

/// A slot that is not what it was: added without a before, removed without an after, else moved or given other places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotChange {
    /// As it was.
    pub before: Option<SlotLine>,
    /// As it will be.
    pub after: Option<SlotLine>,
}
