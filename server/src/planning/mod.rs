//! Planning: the server's side.

pub mod batches;
mod form;
mod pattern;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    ids::{MissionId, SlotBatchId},
    planning::{PatternForm, PatternPage, Planning, SlotBatch},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Planning for Backend {
    async fn pattern(&self, actor: &Actor, mission: MissionId, form: PatternForm) -> Outcome<PatternPage> {
        pattern::page(self, actor, mission, form).await.answered()
    }

    async fn add_slots(&self, actor: &Actor, mission: MissionId, form: PatternForm) -> Outcome<u32> {
        pattern::add(self, actor, mission, &form).await.answered()
    }

    async fn batches(&self, actor: &Actor, mission: MissionId) -> Outcome<Vec<SlotBatch>> {
        batches::list(self, actor, mission).await.answered()
    }

    async fn remove_slots(&self, actor: &Actor, mission: MissionId, batch: SlotBatchId) -> Outcome<()> {
        batches::remove(self, actor, mission, batch).await.answered()
    }
}
