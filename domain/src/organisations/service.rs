use async_trait::async_trait;

use super::{OrganisationFile, OrganisationForm, OrganisationPage, OrganisationSpace};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::OrganisationId,
    reviews::{Decision, OrganisationRow},
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

    /// What its admins see.
    async fn space(&self, actor: &Actor, id: OrganisationId) -> Outcome<OrganisationSpace>;

    /// What the public sees; `NotFound` unless approved.
    async fn page(&self, actor: &Actor, id: OrganisationId) -> Outcome<OrganisationPage>;

    /// Organisations of a municipality (INSEE code) for its coordinators: those that wait first.
    async fn of_municipality(&self, actor: &Actor, insee: &str) -> Outcome<Vec<OrganisationRow>>;

    /// The coordinator's file on one organisation of the municipality.
    async fn file(&self, actor: &Actor, insee: &str, id: OrganisationId) -> Outcome<OrganisationFile>;

    /// Approves, asks for changes, refuses, suspends or reinstates. All but approval and reinstatement need a reason.
    async fn decide(&self, actor: &Actor, id: OrganisationId, decision: Decision, reason: String) -> Outcome<()>;

    /// Writes in the thread, as an admin of it or as a coordinator of its town.
    async fn write(&self, actor: &Actor, id: OrganisationId, body: String) -> Outcome<()>;
}
