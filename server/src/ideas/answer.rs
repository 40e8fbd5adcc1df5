use domain::{
    access::Role,
    actor::Actor,
    error::{AppError, Problem},
    ideas::{IdeaAction, LONGEST_MESSAGE},
    ids::IdeaId,
    text,
};

use super::queries::{own, say, step, write_to_contact};
use crate::{
    backend::Backend,
    error::{Result, told},
    mail::MailKind,
    store::Work,
    throttle::{self, Limit},
};

/// Answers, and writes to whoever sent the idea.
pub async fn answer(backend: &Backend, actor: &Actor, insee: &str, id: IdeaId, body: &str) -> Result<()> {
    let me = actor.signed_in().map_err(told)?;
    let body = text::paragraphs(body, 1, LONGEST_MESSAGE).map_err(|problem| told(AppError::field("body", problem)))?;
    throttle::take(backend, &format!("message:{me}"), Limit::MESSAGES).await?;
    let work = Work::begin(backend, actor).await?;
    let (town, row) = own(&work, insee, id).await?;
    step(&work, &row, IdeaAction::Answer, Role::Coordinator, None).await?;
    say(&work, row.id, Some(me.0), &body).await?;
    let facts = [("service", town.service_name.as_str()), ("town", &town.name), ("message", &body)];
    write_to_contact(&work, &row, MailKind::IdeaAnswered, &facts).await?;
    work.commit().await
}

/// Ends the exchange with a reason, which whoever sent the idea reads.
pub async fn close(backend: &Backend, actor: &Actor, insee: &str, id: IdeaId, reason: &str) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let (town, row) = own(&work, insee, id).await?;
    let reason = text::paragraphs(reason, 5, 1000).map_err(|problem| {
        let problem = if problem == Problem::Required { Problem::ReasonRequired } else { problem };
        told(AppError::field("reason", problem))
    })?;
    step(&work, &row, IdeaAction::Close, Role::Coordinator, Some(&reason)).await?;
    let facts = [("service", town.service_name.as_str()), ("town", &town.name), ("reason", &reason)];
    write_to_contact(&work, &row, MailKind::IdeaClosed, &facts).await?;
    work.commit().await
}
