//! Asking for cover: the server's side.

mod ask;
mod find;
mod page;
pub mod queries;
pub mod stop;

pub use ask::{ASKED, said_in_history};

use async_trait::async_trait;
use domain::{
    actor::Actor,
    cover::{Cover, CoverPage},
    error::Outcome,
    ids::{MissionId, OrganisationId, SlotId},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Cover for Backend {
    async fn cover(&self, actor: &Actor, mission: MissionId, slot: SlotId) -> Outcome<CoverPage> {
        page::page(self, actor, mission, slot).await.answered()
    }

    async fn ask_for_cover(
        &self,
        actor: &Actor,
        mission: MissionId,
        slot: SlotId,
        word: &str,
    ) -> Outcome<OrganisationId> {
        ask::ask(self, actor, mission, slot, word).await.answered()
    }

    async fn stopping_cover(&self, _: &Actor, secret: &str) -> Outcome<bool> {
        stop::look(self, secret).await.answered()
    }

    async fn stop_cover(&self, actor: &Actor, secret: &str) -> Outcome<bool> {
        stop::by_page(self, actor, secret).await.answered()
    }
}
