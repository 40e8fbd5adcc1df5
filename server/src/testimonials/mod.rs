//! Testimonials: the server's side.

mod decide;
mod desk;
pub mod jobs;
mod own;
pub mod public;
mod queries;
mod tell;
mod theirs;
mod write;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    ids::{MissionId, OrganisationId, TestimonialId},
    testimonials::{
        Decided, DeskFile, DeskList, MissionVoices, OwnTestimonial, OwnTestimonialRow, Testimonials, TheirTestimonials,
        VerdictForm, WrittenForm,
    },
};

use crate::{backend::Backend, error::Answered};

pub use desk::waiting;

/// What the history calls testimonials.
pub const SUBJECT: &str = "testimonial";

#[async_trait]
impl Testimonials for Backend {
    async fn of_public_mission(&self, actor: &Actor, mission: MissionId) -> Outcome<MissionVoices> {
        public::of_public_mission(self, actor, mission).await.answered()
    }

    async fn own_testimonials(&self, actor: &Actor) -> Outcome<Vec<OwnTestimonialRow>> {
        own::list(self, actor).await.answered()
    }

    async fn own_testimonial(&self, actor: &Actor, mission: MissionId) -> Outcome<OwnTestimonial> {
        own::one(self, actor, mission).await.answered()
    }

    async fn write_testimonial(&self, actor: &Actor, mission: MissionId, form: WrittenForm, send: bool) -> Outcome<()> {
        write::write(self, actor, mission, &form, send).await.answered()
    }

    async fn withdraw_testimonial(&self, actor: &Actor, mission: MissionId) -> Outcome<()> {
        write::withdraw(self, actor, mission).await.answered()
    }

    async fn their_testimonials(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<TheirTestimonials> {
        theirs::list(self, actor, organisation).await.answered()
    }

    async fn reply_to_testimonial(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        id: TestimonialId,
        body: String,
    ) -> Outcome<()> {
        theirs::reply(self, actor, organisation, id, &body).await.answered()
    }

    async fn report_testimonial(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        id: TestimonialId,
        reason: String,
    ) -> Outcome<()> {
        theirs::report(self, actor, organisation, id, &reason).await.answered()
    }

    async fn testimonials_of_town(&self, actor: &Actor, insee: &str) -> Outcome<DeskList> {
        desk::list(self, actor, insee).await.answered()
    }

    async fn testimonial_file(&self, actor: &Actor, insee: &str, id: TestimonialId) -> Outcome<DeskFile> {
        desk::file(self, actor, insee, id).await.answered()
    }

    async fn decide_on_testimonial(
        &self,
        actor: &Actor,
        insee: &str,
        id: TestimonialId,
        form: VerdictForm,
        seen: i32,
    ) -> Outcome<Decided> {
        decide::decide(self, actor, insee, id, &form, seen).await.answered()
    }
}
