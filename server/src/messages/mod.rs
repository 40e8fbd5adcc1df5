//! Messages about applications: the server's side.

mod desk;
pub mod queries;
mod read;
mod report;
mod several;
pub mod templates;
mod write;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    error::Outcome,
    ids::{AnswerTemplateId, ApplicationId, MessageReportId, MissionId, OrganisationId},
    messages::{
        AnswerTemplateForm, AnswerTemplates, BulkMessage, Door, MessagePage, Messages, ReportFile, ReportList,
        ReportRow,
    },
    network::TownRef,
};

use crate::{backend::Backend, error::Answered};

pub use desk::waiting as reports_waiting;

#[async_trait]
impl Messages for Backend {
    async fn exchange(&self, actor: &Actor, application: ApplicationId, door: Door) -> Outcome<MessagePage> {
        read::exchange(self, actor, application, door).await.answered()
    }

    async fn write(
        &self,
        actor: &Actor,
        application: ApplicationId,
        door: Door,
        body: String,
        seen: Option<DateTime<Utc>>,
    ) -> Outcome<()> {
        write::write(self, actor, application, door, &body, seen).await.answered()
    }

    async fn mark_read(
        &self,
        actor: &Actor,
        application: ApplicationId,
        door: Door,
        seen: DateTime<Utc>,
    ) -> Outcome<()> {
        read::mark(self, actor, application, door, seen).await.answered()
    }

    async fn write_to_some(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        mission: MissionId,
        ids: Vec<ApplicationId>,
        body: String,
    ) -> Outcome<BulkMessage> {
        several::write(self, actor, organisation, mission, ids, &body).await.answered()
    }

    async fn templates(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<AnswerTemplates> {
        templates::list(self, actor, organisation).await.answered()
    }

    async fn save_template(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        id: Option<AnswerTemplateId>,
        form: AnswerTemplateForm,
    ) -> Outcome<()> {
        templates::save(self, actor, organisation, id, form).await.answered()
    }

    async fn remove_template(&self, actor: &Actor, organisation: OrganisationId, id: AnswerTemplateId) -> Outcome<()> {
        templates::remove(self, actor, organisation, id).await.answered()
    }

    async fn report(&self, actor: &Actor, application: ApplicationId, door: Door, reason: String) -> Outcome<()> {
        report::report(self, actor, application, door, &reason).await.answered()
    }

    async fn reports(&self, actor: &Actor, insee: &str) -> Outcome<ReportList> {
        desk::list(self, actor, insee).await.answered()
    }

    async fn reports_of_network(&self, actor: &Actor) -> Outcome<Vec<(TownRef, ReportRow)>> {
        desk::of_network(self, actor).await.answered()
    }

    async fn reported(&self, actor: &Actor, insee: &str, id: MessageReportId) -> Outcome<ReportFile> {
        desk::file(self, actor, insee, id).await.answered()
    }

    async fn open_reported(&self, actor: &Actor, insee: &str, id: MessageReportId) -> Outcome<()> {
        report::open(self, actor, insee, id).await.answered()
    }

    async fn close_report(&self, actor: &Actor, insee: &str, id: MessageReportId, word: String) -> Outcome<()> {
        report::close(self, actor, insee, id, &word).await.answered()
    }
}
