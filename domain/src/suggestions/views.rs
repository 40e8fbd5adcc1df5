//! What is shown of suggestions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    missions::{MissionCard, SlotKind},
    profiles::{Language, Means},
};

/// Why a mission is suggested, as its reader knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// In the person's part of their town.
    Neighbourhood,
    /// In their town.
    Town,
    /// So many kilometres from their town, rounded, at least 1.
    Near(u32),
    /// From home, as they like.
    Remote,
    /// A slot when they are free.
    Moment(SlotKind, DateTime<Utc>, DateTime<Utc>),
    /// In a domain that they like.
    Liked,
    /// A skill of theirs serves there: its code, which the server turns into its name.
    Skill(String),
    /// The text speaks of what they have.
    Means(Means),
    /// The text speaks of a language of theirs.
    Language(Language),
}

/// A mission with why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// The mission.
    pub mission: MissionCard,
    /// At least one; what counts most comes first.
    pub reasons: Vec<Reason>,
    /// Whether its organisation has asked this person for cover.
    pub asked: bool,
}

/// Whether there may be suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SuggestionsState {
    /// There is no profile to work them out from.
    NoProfile,
    /// They are turned off.
    Off,
    /// They are on.
    On,
}

/// The page of suggestions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionsPage {
    /// Whether there may be any.
    pub state: SuggestionsState,
    /// The best first; empty unless they are on.
    pub missions: Vec<Suggested>,
}
