use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{
    OrganisationFile, OrganisationForm, OrganisationList, OrganisationPage, OrganisationSpace, OrganisationTab,
};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{AccountId, OrganisationId, OrganisationReviewId},
    reviews::{ChecklistAnswer, Decision, HistoryLine},
};

/// The use cases of organisations.
#[async_trait]
pub trait Organisations: Send + Sync {
    /// Creates a draft; its author becomes its first admin.
    async fn create(&self, actor: &Actor, form: OrganisationForm) -> Outcome<OrganisationId>;

    /// Changes the form: the whole of it while it is a draft or changes are asked; once approved, only e-mail, phone,
    /// website, address and description.
    async fn save(&self, actor: &Actor, id: OrganisationId, form: OrganisationForm) -> Outcome<()>;

    /// Sends it to the town's coordinators.
    async fn submit(&self, actor: &Actor, id: OrganisationId) -> Outcome<()>;

    /// What its team sees; a helper less of it.
    async fn space(&self, actor: &Actor, id: OrganisationId) -> Outcome<OrganisationSpace>;

    /// What the public sees; `NotFound` unless approved.
    async fn page(&self, actor: &Actor, id: OrganisationId) -> Outcome<OrganisationPage>;

    /// Organisations of a municipality (INSEE code) for its coordinators: those that wait first, by due date.
    async fn of_municipality(&self, actor: &Actor, insee: &str, tab: OrganisationTab) -> Outcome<OrganisationList>;

    /// The coordinator's file on one organisation of the municipality.
    async fn file(&self, actor: &Actor, insee: &str, id: OrganisationId) -> Outcome<OrganisationFile>;

    /// Approves, asks for changes, refuses, suspends or reinstates. All but approval and reinstatement need a reason; the
    /// first three end a submission, which one must have taken.
    async fn decide(&self, actor: &Actor, id: OrganisationId, decision: Decision, reason: String) -> Outcome<()>;

    /// Writes in the thread, as an admin of it or as a coordinator of its town.
    async fn write(&self, actor: &Actor, id: OrganisationId, body: String) -> Outcome<()>;
}

/// The coordinators' file on one submission of an organisation.
#[async_trait]
pub trait OrganisationReviews: Send + Sync {
    /// Takes a waiting submission, or takes over that of `seen`; never from somebody else. Answers whose it is.
    async fn take(&self, actor: &Actor, id: OrganisationReviewId, seen: Option<AccountId>) -> Outcome<OrganisationId>;

    /// Gives it back to the queue.
    async fn release(&self, actor: &Actor, id: OrganisationReviewId) -> Outcome<OrganisationId>;

    /// Keeps answers of the checklist; whoever answers takes the submission. With `approve`, then approves. Tells whose it is, and
    /// how many answers were somebody else's meanwhile: they stay, and nothing is approved.
    async fn answer(
        &self,
        actor: &Actor,
        id: OrganisationReviewId,
        answers: Vec<ChecklistAnswer>,
        approve: bool,
    ) -> Outcome<(OrganisationId, u32)>;

    /// Asks for changes: by the codes of items, with a word besides, or with a word alone.
    async fn request_changes(
        &self,
        actor: &Actor,
        id: OrganisationReviewId,
        requests: BTreeMap<String, String>,
        reason: String,
    ) -> Outcome<OrganisationId>;

    /// «Not the same because…»: kept, and not asked again as long as neither of the two changes.
    async fn dismiss(
        &self,
        actor: &Actor,
        id: OrganisationReviewId,
        other: OrganisationId,
        reason: String,
    ) -> Outcome<OrganisationId>;

    /// Asks the network to decide on it, by a coordinator whom four eyes forbid to, where no other of the town may.
    async fn ask_network(&self, actor: &Actor, id: OrganisationReviewId, word: String) -> Outcome<OrganisationId>;

    /// Takes that request back, while nobody of the network has it.
    async fn recall(&self, actor: &Actor, id: OrganisationReviewId) -> Outcome<OrganisationId>;

    /// What others did on the organisation and wrote about it after an instant; newest first.
    async fn news(
        &self,
        actor: &Actor,
        insee: &str,
        id: OrganisationId,
        after: DateTime<Utc>,
    ) -> Outcome<Vec<HistoryLine>>;

    /// Keeps the organisation's answers to what it was asked, by the keys of the points, until it is sent again.
    async fn answer_requests(
        &self,
        actor: &Actor,
        id: OrganisationId,
        answers: BTreeMap<String, String>,
    ) -> Outcome<()>;
}
