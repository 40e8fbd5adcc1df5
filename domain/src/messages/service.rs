use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{AnswerTemplateForm, AnswerTemplates, BulkMessage, Door, MessagePage, ReportFile, ReportList, ReportRow};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{AnswerTemplateId, ApplicationId, MessageReportId, MissionId, OrganisationId},
    network::TownRef,
};

/// The use cases of messages.
#[async_trait]
pub trait Messages: Send + Sync {
    /// The exchange about an application, for whoever applied and for the admins of the organisation that answers. Reading
    /// marks nothing as read.
    async fn exchange(&self, actor: &Actor, application: ApplicationId, door: Door) -> Outcome<MessagePage>;

    /// Writes in it; what was read until `seen` is marked as read. The other side gets a notice, at most one an hour.
    async fn write(
        &self,
        actor: &Actor,
        application: ApplicationId,
        door: Door,
        body: String,
        seen: Option<DateTime<Utc>>,
    ) -> Outcome<()>;

    /// Marks what was written until an instant as read, for all of one's side.
    async fn mark_read(
        &self,
        actor: &Actor,
        application: ApplicationId,
        door: Door,
        seen: DateTime<Utc>,
    ) -> Outcome<()>;

    /// Writes the same to some applicants that an organisation answers, each in their own exchange.
    async fn write_to_some(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        mission: MissionId,
        ids: Vec<ApplicationId>,
        body: String,
    ) -> Outcome<BulkMessage>;

    /// The texts that an organisation keeps to answer with.
    async fn templates(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<AnswerTemplates>;

    /// Keeps a text: a new one, 20 at most, or the one with this id.
    async fn save_template(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        id: Option<AnswerTemplateId>,
        form: AnswerTemplateForm,
    ) -> Outcome<()>;

    /// Throws a text away.
    async fn remove_template(&self, actor: &Actor, organisation: OrganisationId, id: AnswerTemplateId) -> Outcome<()>;

    /// Reports the exchange to the town of the mission, whose coordinators may read it from then on.
    async fn report(&self, actor: &Actor, application: ApplicationId, door: Door, reason: String) -> Outcome<()>;

    /// What was reported in a municipality (INSEE code), for its coordinators.
    async fn reports(&self, actor: &Actor, insee: &str) -> Outcome<ReportList>;

    /// The open reports that no coordinator of their town may judge, for the admins of the network; the longest first.
    async fn reports_of_network(&self, actor: &Actor) -> Outcome<Vec<(TownRef, ReportRow)>>;

    /// One report.
    async fn reported(&self, actor: &Actor, insee: &str, id: MessageReportId) -> Outcome<ReportFile>;

    /// Opens the exchange that was reported: the history notes who did.
    async fn open_reported(&self, actor: &Actor, insee: &str, id: MessageReportId) -> Outcome<()>;

    /// Closes a report with a word to whoever reported.
    async fn close_report(&self, actor: &Actor, insee: &str, id: MessageReportId, word: String) -> Outcome<()>;
}
