//! Planning: the server's side.

mod agenda;
pub mod batches;
pub mod copy;
mod extend;
mod form;
mod left;
mod pattern;
mod reduce;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    ids::{MissionId, OrganisationId, SlotBatchId, SlotId},
    planning::{Agenda, CopySlots, ExtendForm, PatternForm, PatternPage, Planning, ReduceForm, ReducePage, SlotBatch},
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

    async fn extend_slot(&self, actor: &Actor, mission: MissionId, slot: SlotId, form: ExtendForm) -> Outcome<()> {
        extend::slot(self, actor, mission, slot, &form).await.answered()
    }

    async fn reducing(&self, actor: &Actor, mission: MissionId, slot: SlotId, places: &str) -> Outcome<ReducePage> {
        reduce::page(self, actor, mission, slot, places).await.answered()
    }

    async fn reduce_slot(&self, actor: &Actor, mission: MissionId, slot: SlotId, form: ReduceForm) -> Outcome<()> {
        reduce::reduce(self, actor, mission, slot, &form).await.answered()
    }

    async fn copy(&self, actor: &Actor, mission: MissionId, slots: CopySlots) -> Outcome<MissionId> {
        copy::copy(self, actor, mission, slots).await.answered()
    }

    async fn agenda(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<Agenda> {
        agenda::agenda(self, actor, organisation).await.answered()
    }
}
