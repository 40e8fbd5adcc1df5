//! Missions: the server's side.

pub(crate) mod cancel;
pub mod create;
mod edit;
pub mod index;
pub mod jobs;
pub mod need;
pub mod partners;
pub mod publish;
pub mod queries;
pub mod reference;
pub(crate) mod schedule;
mod show;
mod submit;
pub mod versions;
mod write;

pub use edit::OPENING_SET;

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    ids::{MissionId, OrganisationId, SlotId},
    missions::{MissionEditor, MissionPage, Missions, PeopleStep, PlaceStep, SlotForm, TemplateCard, TextStep},
};

use crate::{backend::Backend, error::Answered, reviews::requests};

#[async_trait]
impl Missions for Backend {
    async fn templates(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<Vec<TemplateCard>> {
        create::templates(self, actor, organisation).await.answered()
    }

    async fn create(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        template: Option<String>,
    ) -> Outcome<MissionId> {
        create::create(self, actor, organisation, template).await.answered()
    }

    async fn editor(&self, actor: &Actor, id: MissionId) -> Outcome<MissionEditor> {
        show::editor(self, actor, id).await.answered()
    }

    async fn save_text(&self, actor: &Actor, id: MissionId, step: TextStep) -> Outcome<()> {
        edit::text(self, actor, id, step).await.answered()
    }

    async fn save_place(&self, actor: &Actor, id: MissionId, step: PlaceStep) -> Outcome<()> {
        edit::place(self, actor, id, step).await.answered()
    }

    async fn save_people(&self, actor: &Actor, id: MissionId, step: PeopleStep) -> Outcome<()> {
        edit::people(self, actor, id, step).await.answered()
    }

    async fn add_slot(&self, actor: &Actor, id: MissionId, form: SlotForm) -> Outcome<()> {
        edit::add_slot(self, actor, id, form).await.answered()
    }

    async fn remove_slot(&self, actor: &Actor, id: MissionId, slot: SlotId) -> Outcome<()> {
        edit::remove_slot(self, actor, id, slot).await.answered()
    }

    async fn submit(&self, actor: &Actor, id: MissionId) -> Outcome<()> {
        submit::submit(self, actor, id).await.answered()
    }

    async fn cancel(&self, actor: &Actor, id: MissionId, reason: String) -> Outcome<()> {
        cancel::cancel(self, actor, id, &reason).await.answered()
    }

    async fn cancel_slot(&self, actor: &Actor, id: MissionId, slot: SlotId, reason: String) -> Outcome<()> {
        cancel::cancel_slot(self, actor, id, slot, &reason).await.answered()
    }

    async fn close(&self, actor: &Actor, id: MissionId) -> Outcome<()> {
        cancel::close(self, actor, id).await.answered()
    }

    async fn answer_requests(&self, actor: &Actor, id: MissionId, answers: BTreeMap<String, String>) -> Outcome<()> {
        requests::answer(self, actor, id, answers).await.answered()
    }

    async fn write(&self, actor: &Actor, id: MissionId, body: String, item: Option<String>) -> Outcome<()> {
        write::write(self, actor, id, &body, item.as_deref()).await.answered()
    }

    async fn preview(&self, actor: &Actor, id: MissionId) -> Outcome<MissionPage> {
        show::preview(self, actor, id).await.answered()
    }

    async fn page(&self, actor: &Actor, id: MissionId) -> Outcome<MissionPage> {
        show::page(self, actor, id).await.answered()
    }
}
