//! What the pages of messages ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    error::AppError,
    ids::{AnswerTemplateId, ApplicationId, MessageReportId, MissionId, OrganisationId},
    messages::{AnswerTemplateForm, AnswerTemplates, Door, MessagePage, Messages, ReportFile, ReportList},
};
use leptos::prelude::*;

use crate::{
    applications::AskedFor,
    request::{self, Failure},
    routes,
};

/// The exchange about one's own application.
#[server(endpoint = "messages/own", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_own_messages(application: String) -> Result<MessagePage, Failure> {
    let actor = request::actor()?;
    let application: ApplicationId = request::id(&application)?;
    Ok(request::service::<dyn Messages>()?.exchange(&actor, application, Door::Volunteer).await?)
}

/// The exchange with somebody whose application an organisation answers.
#[server(endpoint = "messages/of-applicant", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_messages(organisation: String, mission: String, application: String) -> Result<MessagePage, Failure> {
    let actor = request::actor()?;
    let door = Door::Organisation(request::id(&organisation)?, request::id(&mission)?);
    let application: ApplicationId = request::id(&application)?;
    Ok(request::service::<dyn Messages>()?.exchange(&actor, application, door).await?)
}

/// Writes in an exchange; without an organisation, as the volunteer.
#[server(endpoint = "messages/write")]
pub async fn write_message(
    application: String,
    #[server(default)] organisation: String,
    #[server(default)] mission: String,
    #[server(default)] body: String,
    #[server(default)] seen: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let application: ApplicationId = request::id(&application)?;
    let door = Door::parse(&organisation, &mission).ok_or(AppError::NotFound)?;
    let service = request::service::<dyn Messages>()?;
    service.write(&actor, application, door, body, seen.parse().ok()).await?;
    request::redirect(&routes::done(&routes::messages(application, door), "message"));
    Ok(())
}

/// Marks what was written until an instant as read.
#[server(endpoint = "messages/mark-read")]
pub async fn mark_messages_read(
    application: String,
    #[server(default)] organisation: String,
    #[server(default)] mission: String,
    seen: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let application: ApplicationId = request::id(&application)?;
    let door = Door::parse(&organisation, &mission).ok_or(AppError::NotFound)?;
    let seen = seen.parse().map_err(|_| AppError::Malformed)?;
    request::service::<dyn Messages>()?.mark_read(&actor, application, door, seen).await?;
    request::redirect(&routes::done(&routes::messages(application, door), "lu"));
    Ok(())
}

/// Writes the same to some applicants. The page comes back as it was asked for.
#[server(endpoint = "messages/write-to-some")]
pub async fn write_to_some(
    organisation: String,
    mission: String,
    #[server(default)] ids: Vec<String>,
    #[server(default)] body: String,
    #[server(default)] asked: AskedFor,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let (organisation, mission): (OrganisationId, MissionId) = (request::id(&organisation)?, request::id(&mission)?);
    let ids = ids.iter().map(|id| request::id::<ApplicationId>(id)).collect::<Result<Vec<_>, _>>()?;
    let sent = request::service::<dyn Messages>()?.write_to_some(&actor, organisation, mission, ids, body).await?;
    let page = routes::own_mission(organisation, mission, "candidatures");
    let closed = if sent.skipped > 0 { format!("&fermes={}", sent.skipped) } else { String::new() };
    let page = page + &(closed + &asked.query()).replacen('&', "?", 1);
    request::redirect(&if sent.done > 0 { routes::done(&page, "messages") } else { page });
    Ok(())
}

/// The texts that an organisation keeps to answer with.
#[server(endpoint = "messages/templates", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_answer_templates(organisation: String) -> Result<AnswerTemplates, Failure> {
    let actor = request::actor()?;
    let organisation: OrganisationId = request::id(&organisation)?;
    Ok(request::service::<dyn Messages>()?.templates(&actor, organisation).await?)
}

/// Keeps a text; `new` instead of an id for one more.
#[server(endpoint = "messages/save-template")]
pub async fn save_template(
    organisation: String,
    #[server(default)] id: String,
    #[server(default)] name: String,
    #[server(default)] body: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let organisation: OrganisationId = request::id(&organisation)?;
    let id: Option<AnswerTemplateId> = if id == "new" { None } else { Some(request::id(&id)?) };
    let form = AnswerTemplateForm { name, body };
    request::service::<dyn Messages>()?.save_template(&actor, organisation, id, form).await?;
    request::redirect(&routes::done(&routes::answer_templates(organisation), "enregistre"));
    Ok(())
}

/// Throws a text away.
#[server(endpoint = "messages/remove-template")]
pub async fn remove_template(organisation: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let organisation: OrganisationId = request::id(&organisation)?;
    request::service::<dyn Messages>()?.remove_template(&actor, organisation, request::id(&id)?).await?;
    request::redirect(&routes::done(&routes::answer_templates(organisation), "enregistre"));
    Ok(())
}

/// Reports an exchange to the town.
#[server(endpoint = "messages/report")]
pub async fn report_messages(
    application: String,
    #[server(default)] organisation: String,
    #[server(default)] mission: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let application: ApplicationId = request::id(&application)?;
    let door = Door::parse(&organisation, &mission).ok_or(AppError::NotFound)?;
    request::service::<dyn Messages>()?.report(&actor, application, door, reason).await?;
    request::redirect(&routes::done(&routes::messages(application, door), "signale"));
    Ok(())
}

/// What was reported in a town.
#[server(endpoint = "messages/reports", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_reports(insee: String) -> Result<ReportList, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Messages>()?.reports(&actor, &insee).await?)
}

/// One report.
#[server(endpoint = "messages/reported", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_report(insee: String, id: String) -> Result<ReportFile, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Messages>()?.reported(&actor, &insee, request::id(&id)?).await?)
}

/// Opens the exchange that was reported; the history notes it.
#[server(endpoint = "messages/open-reported")]
pub async fn open_reported(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: MessageReportId = request::id(&id)?;
    request::service::<dyn Messages>()?.open_reported(&actor, &insee, id).await?;
    request::redirect(&routes::message_report(&insee, id));
    Ok(())
}

/// Closes a report with a word.
#[server(endpoint = "messages/close-report")]
pub async fn close_report(
    insee: String,
    id: String,
    #[server(default)] word: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: MessageReportId = request::id(&id)?;
    request::service::<dyn Messages>()?.close_report(&actor, &insee, id, word).await?;
    let list = routes::message_reports(&insee);
    request::redirect(&routes::done(request::local_or(&next, &list), "signalement-clos"));
    Ok(())
}
