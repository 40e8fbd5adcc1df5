use async_trait::async_trait;

use super::{FavouritesPage, SharedMission};
use crate::{actor::Actor, error::Outcome, ids::MissionId};

/// The use cases of missions that are kept: each is of whoever asks, and of nobody else.
#[async_trait]
pub trait Favourites: Send + Sync {
    /// One's own, the last kept first; with the mission that one is about to keep, if there is one that can be seen.
    async fn favourites(&self, actor: &Actor, about: Option<MissionId>) -> Outcome<FavouritesPage>;

    /// Keeps a mission that is online, [`super::MAX_FAVOURITES`] at most. Keeping it again is no error.
    async fn keep_mission(&self, actor: &Actor, id: MissionId) -> Outcome<()>;

    /// Keeps it no longer. Leaving out what is not kept is no error.
    async fn leave_mission(&self, actor: &Actor, id: MissionId) -> Outcome<()>;

    /// What somebody passes on of a mission that can be seen.
    async fn share_mission(&self, actor: &Actor, id: MissionId) -> Outcome<SharedMission>;
}
