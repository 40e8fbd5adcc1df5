use std::collections::BTreeMap;

use async_trait::async_trait;

use super::{MissionEditor, MissionPage, PeopleStep, PlaceStep, SlotForm, TemplateCard, TextStep};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{MissionId, OrganisationId, SlotId},
};

/// The use cases of missions.
#[async_trait]
pub trait Missions: Send + Sync {
    /// Templates of the enabled domains.
    async fn templates(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<Vec<TemplateCard>>;

    /// Creates a draft, from a template's code or from nothing.
    async fn create(&self, actor: &Actor, organisation: OrganisationId, template: Option<String>)
    -> Outcome<MissionId>;

    /// What the editor needs; the latest version, or the published one.
    async fn editor(&self, actor: &Actor, id: MissionId) -> Outcome<MissionEditor>;

    /// Saves a step of the editor; on a published mission this opens a new version.
    async fn save_text(&self, actor: &Actor, id: MissionId, step: TextStep) -> Outcome<()>;

    /// Saves a step of the editor.
    async fn save_place(&self, actor: &Actor, id: MissionId, step: PlaceStep) -> Outcome<()>;

    /// Saves a step of the editor. Practical details and the way of accepting change at once, without a review.
    async fn save_people(&self, actor: &Actor, id: MissionId, step: PeopleStep) -> Outcome<()>;

    /// Adds a slot to the version being written.
    async fn add_slot(&self, actor: &Actor, id: MissionId, form: SlotForm) -> Outcome<()>;

    /// Takes a slot out of the version being written.
    async fn remove_slot(&self, actor: &Actor, id: MissionId, slot: SlotId) -> Outcome<()>;

    /// Sends the version to the town's coordinators; refused, field by field, until it is complete.
    async fn submit(&self, actor: &Actor, id: MissionId) -> Outcome<()>;

    /// Cancels the mission; tells every person concerned.
    async fn cancel(&self, actor: &Actor, id: MissionId, reason: String) -> Outcome<()>;

    /// Cancels one slot of the published version; tells every person concerned.
    async fn cancel_slot(&self, actor: &Actor, id: MissionId, slot: SlotId, reason: String) -> Outcome<()>;

    /// Closes a published mission before its end; accepted volunteers keep their slots.
    async fn close(&self, actor: &Actor, id: MissionId) -> Outcome<()>;

    /// Answers, by the ids of the points, what a coordinator asked to change; until the mission is sent again.
    async fn answer_requests(&self, actor: &Actor, id: MissionId, answers: BTreeMap<String, String>) -> Outcome<()>;

    /// Writes in the thread with the coordinators, as an admin of the organisation: about an item of their checklist (its code)
    /// or about the mission as a whole.
    async fn write(&self, actor: &Actor, id: MissionId, body: String, item: Option<String>) -> Outcome<()>;

    /// The version being written, as the public will see it; for admins of the organisation.
    async fn preview(&self, actor: &Actor, id: MissionId) -> Outcome<MissionPage>;

    /// The public page of a published (or closed) mission.
    async fn page(&self, actor: &Actor, id: MissionId) -> Outcome<MissionPage>;
}
