//! Organisations: the server's side.

mod create;
mod decide;
mod file;
mod form;
mod list;
mod page;
pub mod queries;
pub mod review;
mod save;
mod space;
mod submit;
pub mod tell;
mod thread;

use async_trait::async_trait;

use domain::{
    actor::Actor,
    error::Outcome,
    ids::OrganisationId,
    organisations::{
        OrganisationFile, OrganisationForm, OrganisationList, OrganisationPage, OrganisationSpace, OrganisationTab,
        Organisations,
    },
    reviews::Decision,
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Organisations for Backend {
    async fn create(&self, actor: &Actor, form: OrganisationForm) -> Outcome<OrganisationId> {
        create::create(self, actor, form).await.answered()
    }

    async fn save(&self, actor: &Actor, id: OrganisationId, form: OrganisationForm) -> Outcome<()> {
        save::save(self, actor, id, form).await.answered()
    }

    async fn submit(&self, actor: &Actor, id: OrganisationId) -> Outcome<()> {
        submit::submit(self, actor, id).await.answered()
    }

    async fn space(&self, actor: &Actor, id: OrganisationId) -> Outcome<OrganisationSpace> {
        space::space(self, actor, id).await.answered()
    }

    async fn page(&self, actor: &Actor, id: OrganisationId) -> Outcome<OrganisationPage> {
        page::page(self, actor, id).await.answered()
    }

    async fn of_municipality(&self, actor: &Actor, insee: &str, tab: OrganisationTab) -> Outcome<OrganisationList> {
        list::of_municipality(self, actor, insee, tab).await.answered()
    }

    async fn file(&self, actor: &Actor, insee: &str, id: OrganisationId) -> Outcome<OrganisationFile> {
        file::file(self, actor, insee, id).await.answered()
    }

    async fn decide(&self, actor: &Actor, id: OrganisationId, decision: Decision, reason: String) -> Outcome<()> {
        decide::decide(self, actor, id, decision, &reason).await.answered()
    }

    async fn write(&self, actor: &Actor, id: OrganisationId, body: String) -> Outcome<()> {
        thread::write(self, actor, id, &body).await.answered()
    }
}
