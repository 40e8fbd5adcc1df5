//! Missions: the server's side.

#![expect(unused_variables, reason = "being written")]
pub mod index;
pub mod publish;
pub mod queries;
pub mod reference;

use async_trait::async_trait;

use domain::missions::{MissionEditor, MissionPage, PeopleStep, PlaceStep, SlotForm, TemplateCard, TextStep};
use domain::{
    actor::Actor,
    error::Outcome,
    ids::{MissionId, OrganisationId, SlotId},
};
use domain::{error::AppError, missions::Missions};

use crate::backend::Backend;

#[async_trait]
impl Missions for Backend {
    async fn templates(&self, actor: &Actor) -> Outcome<Vec<TemplateCard>> {
        Err(AppError::Unavailable)
    }
    async fn create(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        template: Option<String>,
    ) -> Outcome<MissionId> {
        Err(AppError::Unavailable)
    }
    async fn editor(&self, actor: &Actor, id: MissionId) -> Outcome<MissionEditor> {
        Err(AppError::Unavailable)
    }
    async fn save_text(&self, actor: &Actor, id: MissionId, step: TextStep) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn save_place(&self, actor: &Actor, id: MissionId, step: PlaceStep) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn save_people(&self, actor: &Actor, id: MissionId, step: PeopleStep) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn add_slot(&self, actor: &Actor, id: MissionId, form: SlotForm) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn remove_slot(&self, actor: &Actor, id: MissionId, slot: SlotId) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn submit(&self, actor: &Actor, id: MissionId) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn cancel(&self, actor: &Actor, id: MissionId, reason: String) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn cancel_slot(&self, actor: &Actor, id: MissionId, slot: SlotId, reason: String) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn close(&self, actor: &Actor, id: MissionId) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn write(&self, actor: &Actor, id: MissionId, body: String) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn preview(&self, actor: &Actor, id: MissionId) -> Outcome<MissionPage> {
        Err(AppError::Unavailable)
    }
    async fn page(&self, actor: &Actor, id: MissionId) -> Outcome<MissionPage> {
        Err(AppError::Unavailable)
    }
}
