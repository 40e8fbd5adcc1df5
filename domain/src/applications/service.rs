use async_trait::async_trait;

use super::{
    ApplicationForm, ApplicationStatus, BulkAnswer, ConsentAction, ConsentStatus, FurtherSlots, GuardianPage,
    MissionApplications, MoveForm, OfferedPlace, VolunteerSpace, month::MonthPage, pass::PassPage,
};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{ApplicationId, MissionId, OrganisationId, SlotId},
};

/// The use cases of applications.
#[async_trait]
pub trait Applications: Send + Sync {
    /// Offers help for one or several slots: accepted at once, pending, or on the waiting list of slots that are all full.
    /// Refuses full slots beside free ones, a second live application, an age, an overlap with an accepted slot, more than
    /// 24 hours a week.
    async fn apply(&self, actor: &Actor, mission: MissionId, form: ApplicationForm) -> Outcome<ApplicationStatus>;

    /// Takes one's own application back; the organisation is told, unless it only waited in the list.
    async fn withdraw(&self, actor: &Actor, id: ApplicationId) -> Outcome<()>;

    /// Takes one slot that has not begun out of one's own application and keeps the others; the organisation is told, unless
    /// it only waited in the list. `LastSlot` when no other is left: then the application is withdrawn.
    async fn leave_slot(&self, actor: &Actor, id: ApplicationId, slot: SlotId) -> Outcome<()>;

    /// What may be added to one's own live application, or taken instead of a slot of it.
    async fn further(&self, actor: &Actor, id: ApplicationId) -> Outcome<FurtherSlots>;

    /// Asks for further slots of the mission of one's own live application, under the rules of `apply`: they go into it, or
    /// nothing changes. On the field `slots`, `FullBeside` of what is full, `AnswerFirst` of what cannot share its state: the
    /// organisation chooses, another one answers, or a guardian has to consent. Answers how the application stands.
    async fn add_further(&self, actor: &Actor, id: ApplicationId, form: ApplicationForm) -> Outcome<ApplicationStatus>;

    /// Takes one slot instead of another, under the same rules, or refuses and changes nothing.
    async fn move_slot(&self, actor: &Actor, id: ApplicationId, form: MoveForm) -> Outcome<()>;

    /// The place that is held for somebody: for whoever has the secret of the e-mail's link, or for the volunteer, whose
    /// `secret` is empty. Looking changes nothing.
    async fn offered(&self, actor: &Actor, id: ApplicationId, secret: &str) -> Outcome<OfferedPlace>;

    /// Takes that place, or leaves it to the next one. Answers how the application stands now.
    async fn answer_offer(
        &self,
        actor: &Actor,
        id: ApplicationId,
        secret: &str,
        take: bool,
    ) -> Outcome<ApplicationStatus>;

    /// What a guardian is asked to consent to, by the secret of the e-mail's link. Looking changes nothing.
    async fn guardian(&self, actor: &Actor, id: ApplicationId, secret: &str) -> Outcome<GuardianPage>;

    /// The guardian's answer: consent, refusal, or consent withdrawn. The same answer again does nothing.
    async fn answer_guardian(
        &self,
        actor: &Actor,
        id: ApplicationId,
        secret: &str,
        action: ConsentAction,
    ) -> Outcome<ConsentStatus>;

    /// Asks a guardian for consent again, at this address; links sent before no longer work.
    async fn ask_guardian(&self, actor: &Actor, id: ApplicationId, email: &str) -> Outcome<()>;

    /// The volunteer's space.
    async fn mine(&self, actor: &Actor) -> Outcome<VolunteerSpace>;

    /// A month of one's own slots, by an address's `2026-12`; this month for anything else.
    async fn month(&self, actor: &Actor, month: &str) -> Outcome<MonthPage>;

    /// What the volunteer shows on arrival. `NotFound` of an application that is not theirs, or not accepted.
    async fn pass(&self, actor: &Actor, id: ApplicationId) -> Outcome<PassPage>;

    /// Gives the volunteer's own calendar an address that calendar programs follow, a new one if it has one; or takes it away
    /// (`on` is false). Earlier addresses no longer work.
    async fn set_calendar(&self, actor: &Actor, on: bool) -> Outcome<()>;

    /// The applications of a mission that an organisation answers, the mission's own or a partner; for its admins.
    async fn of_mission(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        mission: MissionId,
    ) -> Outcome<MissionApplications>;

    /// Accepts (`accept`) or declines (with a reason) some applications of a mission, each by itself. Each must be one that
    /// an organisation of the actor answers.
    async fn decide(
        &self,
        actor: &Actor,
        mission: MissionId,
        ids: Vec<ApplicationId>,
        accept: bool,
        reason: String,
    ) -> Outcome<BulkAnswer>;
}
