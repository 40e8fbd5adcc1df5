//! What is shown of missions that are kept.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::FavouriteState;
use crate::{ids::MissionId, missions::MissionCard};

/// A mission that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FavouriteRow {
    /// Which.
    pub id: MissionId,
    /// Its title as it was when it was kept.
    pub title: String,
    /// When that was, UTC.
    pub kept_at: DateTime<Utc>,
    /// How it stands.
    pub state: FavouriteState,
    /// As it is shown in lists, while it is online and not over.
    pub card: Option<MissionCard>,
}

/// The missions that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FavouritesPage {
    /// The last kept first.
    pub kept: Vec<FavouriteRow>,
    /// The one that they are about to keep, and its title; none where they keep it already.
    pub about: Option<(MissionId, String)>,
}

/// What somebody passes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedMission {
    /// Which.
    pub id: MissionId,
    /// Its part of the address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The whole address of its page.
    pub link: String,
}
