use async_trait::async_trait;

use super::{
    Decided, DeskFile, DeskList, MissionVoices, OwnTestimonial, OwnTestimonialRow, TheirTestimonials, VerdictForm,
    WrittenForm,
};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{MissionId, OrganisationId, TestimonialId},
};

/// The use cases of testimonials.
#[async_trait]
pub trait Testimonials: Send + Sync {
    /// Everything that is online on a mission that is public.
    async fn of_public_mission(&self, actor: &Actor, mission: MissionId) -> Outcome<MissionVoices>;

    /// The missions that the caller came to, and what they said of each.
    async fn own_testimonials(&self, actor: &Actor) -> Outcome<Vec<OwnTestimonialRow>>;

    /// What the caller said of a mission, to be written on.
    async fn own_testimonial(&self, actor: &Actor, mission: MissionId) -> Outcome<OwnTestimonial>;

    /// Keeps the caller's text, or sends it to the town.
    async fn write_testimonial(&self, actor: &Actor, mission: MissionId, form: WrittenForm, send: bool) -> Outcome<()>;

    /// Takes it back: nothing of it is left.
    async fn withdraw_testimonial(&self, actor: &Actor, mission: MissionId) -> Outcome<()>;

    /// What is online on the missions of an organisation, for its admins.
    async fn their_testimonials(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<TheirTestimonials>;

    /// Sends the organisation's one answer to the town.
    async fn reply_to_testimonial(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        id: TestimonialId,
        body: String,
    ) -> Outcome<()>;

    /// Reports what is online to the town.
    async fn report_testimonial(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        id: TestimonialId,
        reason: String,
    ) -> Outcome<()>;

    /// Those of a town (INSEE code), for its coordinators.
    async fn testimonials_of_town(&self, actor: &Actor, insee: &str) -> Outcome<DeskList>;

    /// One of them.
    async fn testimonial_file(&self, actor: &Actor, insee: &str, id: TestimonialId) -> Outcome<DeskFile>;

    /// A coordinator's act on the state that they saw.
    async fn decide_on_testimonial(
        &self,
        actor: &Actor,
        insee: &str,
        id: TestimonialId,
        form: VerdictForm,
        seen: i32,
    ) -> Outcome<Decided>;
}
