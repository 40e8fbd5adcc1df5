//! Missions that are kept: the server's side. The history says nothing of them: what somebody looks at is theirs.

mod own;
pub mod queries;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    favourites::{Favourites, FavouritesPage, SharedMission},
    ids::MissionId,
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Favourites for Backend {
    async fn favourites(&self, actor: &Actor, about: Option<MissionId>) -> Outcome<FavouritesPage> {
        own::list(self, actor, about).await.answered()
    }

    async fn keep_mission(&self, actor: &Actor, id: MissionId) -> Outcome<()> {
        own::keep(self, actor, id).await.answered()
    }

    async fn leave_mission(&self, actor: &Actor, id: MissionId) -> Outcome<()> {
        own::leave(self, actor, id).await.answered()
    }

    async fn share_mission(&self, _: &Actor, id: MissionId) -> Outcome<SharedMission> {
        own::share(self, id).await.answered()
    }
}
