//! Applications: the server's side.

mod apply;
mod asked;
pub mod at_once;
pub mod calendar;
pub mod cancel;
pub mod changed;
mod chosen;
mod decide;
pub mod export;
mod further;
pub mod guardian;
mod leave_slot;
mod month;
mod move_slot;
mod pass;
pub mod pauses;
pub mod places;
pub mod queries;
pub mod reminders;
mod show;
pub mod tell;
pub mod unanswered;
pub mod waiting;
mod withdraw;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    applications::{
        ApplicationForm, ApplicationStatus, Applications, BulkAnswer, ConsentAction, ConsentStatus, FurtherSlots,
        GuardianPage, MissionApplications, MoveForm, OfferedPlace, VolunteerSpace, month::MonthPage, pass::PassPage,
    },
    error::Outcome,
    ids::{ApplicationId, MissionId, OrganisationId, SlotId},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Applications for Backend {
    async fn apply(&self, actor: &Actor, mission: MissionId, form: ApplicationForm) -> Outcome<ApplicationStatus> {
        apply::apply(self, actor, mission, form).await.answered()
    }

    async fn withdraw(&self, actor: &Actor, id: ApplicationId) -> Outcome<()> {
        withdraw::withdraw(self, actor, id).await.answered()
    }

    async fn leave_slot(&self, actor: &Actor, id: ApplicationId, slot: SlotId) -> Outcome<()> {
        leave_slot::leave_slot(self, actor, id, slot).await.answered()
    }

    async fn further(&self, actor: &Actor, id: ApplicationId) -> Outcome<FurtherSlots> {
        further::show(self, actor, id).await.answered()
    }

    async fn add_further(&self, actor: &Actor, id: ApplicationId, form: ApplicationForm) -> Outcome<ApplicationStatus> {
        further::add_slots(self, actor, id, form).await.answered()
    }

    async fn move_slot(&self, actor: &Actor, id: ApplicationId, form: MoveForm) -> Outcome<()> {
        move_slot::move_slot(self, actor, id, form).await.answered()
    }

    async fn offered(&self, actor: &Actor, id: ApplicationId, secret: &str) -> Outcome<OfferedPlace> {
        waiting::offered(self, actor, id, secret).await.answered()
    }

    async fn answer_offer(
        &self,
        actor: &Actor,
        id: ApplicationId,
        secret: &str,
        take: bool,
    ) -> Outcome<ApplicationStatus> {
        waiting::answer(self, actor, id, secret, take).await.answered()
    }

    async fn guardian(&self, actor: &Actor, id: ApplicationId, secret: &str) -> Outcome<GuardianPage> {
        guardian::page(self, actor, id, secret).await.answered()
    }

    async fn answer_guardian(
        &self,
        actor: &Actor,
        id: ApplicationId,
        secret: &str,
        action: ConsentAction,
    ) -> Outcome<ConsentStatus> {
        guardian::answer(self, actor, id, secret, action).await.answered()
    }

    async fn ask_guardian(&self, actor: &Actor, id: ApplicationId, email: &str) -> Outcome<()> {
        guardian::ask_again(self, actor, id, email).await.answered()
    }

    async fn month(&self, actor: &Actor, month: &str) -> Outcome<MonthPage> {
        month::show(self, actor, month).await.answered()
    }

    async fn pass(&self, actor: &Actor, id: ApplicationId) -> Outcome<PassPage> {
        pass::show(self, actor, id).await.answered()
    }

    async fn mine(&self, actor: &Actor) -> Outcome<VolunteerSpace> {
        show::mine(self, actor).await.answered()
    }

    async fn set_calendar(&self, actor: &Actor, on: bool) -> Outcome<()> {
        calendar::set(self, actor, on).await.answered()
    }

    async fn of_mission(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        mission: MissionId,
    ) -> Outcome<MissionApplications> {
        show::of_mission(self, actor, organisation, mission).await.answered()
    }

    async fn decide(
        &self,
        actor: &Actor,
        mission: MissionId,
        ids: Vec<ApplicationId>,
        accept: bool,
        reason: String,
    ) -> Outcome<BulkAnswer> {
        decide::decide(self, actor, mission, ids, accept, reason).await.answered()
    }
}
