//! What an organisation is shown of cover: numbers, and never who.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    error::Conflict,
    ids::{MissionId, OrganisationId},
    missions::SlotLine,
    profiles::{Language, Means},
    suggestions::Reason,
};

/// How many people, as far as it is told: see [`super::rules::crowd`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Crowd {
    /// Nobody.
    Nobody,
    /// Somebody, and fewer than are told.
    Few,
    /// So many, or somewhat more.
    AtLeast(u32),
}

/// Why people fit, without what differs from one to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ground {
    /// In their part of the town, their town or near it.
    Near,
    /// They like to help from home.
    Remote,
    /// They are free then.
    Free,
    /// They like the domain.
    Liked,
    /// A skill serves there: its code, which the server turns into its name.
    Skill(String),
    /// They have what the text speaks of.
    Means(Means),
    /// They speak a language that the text speaks of.
    Language(Language),
}

impl Ground {
    /// What a reason is counted as.
    pub fn of(reason: &Reason) -> Self {
        match reason {
            Reason::Neighbourhood | Reason::Town | Reason::Near(_) => Self::Near,
            Reason::Remote => Self::Remote,
            Reason::Moment(..) => Self::Free,
            Reason::Liked => Self::Liked,
            Reason::Skill(code) => Self::Skill(code.clone()),
            Reason::Means(means) => Self::Means(*means),
            Reason::Language(language) => Self::Language(*language),
        }
    }
}

/// One time that cover was asked for a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverRequest {
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// Who of the organisation.
    pub by: String,
    /// How many were written to.
    pub written: Crowd,
}

/// The page that asks for cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverPage {
    /// Whoever holds the slot.
    pub organisation: OrganisationId,
    /// The mission: id, title.
    pub mission: (MissionId, String),
    /// The slot.
    pub slot: SlotLine,
    /// Why nobody can be asked now; nobody is counted then.
    pub shut: Option<Conflict>,
    /// How many fit, agreed to be asked and may be written to now.
    pub fitting: Crowd,
    /// Why several of them fit.
    pub grounds: Vec<Ground>,
    /// What was asked before, newest first.
    pub before: Vec<CoverRequest>,
}
