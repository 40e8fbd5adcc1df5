//! The personal link: what it shows, and what can be written by it. Looking changes nothing.

use domain::{
    access::Role,
    actor::{Actor, Grant},
    error::AppError,
    ideas::{IdeaAction, IdeaExchange, IdeaMessage, LONGEST_MESSAGE},
    ids::MunicipalityId,
    text,
};

use super::queries::{by_token, lines, messages, say, status, step};
use crate::{
    backend::Backend,
    error::{Result, told},
    mail::{Mail, MailKind},
    network::queries::town_ref,
    organisations::tell,
    store::Work,
    throttle::{self, Limit},
};

/// The exchange. The service answers as one: the names of its people are theirs.
pub async fn exchange(backend: &Backend, token: &str) -> Result<IdeaExchange> {
    let db = backend.store.read();
    let (town, row) = by_token(db, token).await?;
    let messages = messages(db, row.id).await?;
    let unnamed = |message: IdeaMessage| IdeaMessage {
        coordinator: message.coordinator.map(|_| town.service_name.clone()),
        ..message
    };
    Ok(IdeaExchange {
        status: status(&row),
        idea: lines(&row),
        messages: messages.into_iter().map(unnamed).collect(),
        reason: row.reason.clone(),
        service: town.service_name.clone(),
        town: town_ref(&town),
    })
}

/// Writes again, and tells the town's service.
pub async fn reply(backend: &Backend, actor: &Actor, token: &str, body: &str) -> Result<()> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    let body = text::paragraphs(body, 1, LONGEST_MESSAGE).map_err(|problem| told(AppError::field("body", problem)))?;
    let mut work = Work::begin(backend, actor).await?;
    let (town, row) = by_token(&work.tx, token).await?;
    // The link is who writes, whoever is signed in in that browser.
    work.actor.account = None;
    step(&work, &row, IdeaAction::Reply, Role::Visitor, None).await?;
    say(&work, row.id, None, &body).await?;
    let path = app::routes::idea(&town.insee, row.id.into());
    let facts = [("author", row.association.as_str()), ("subject", &row.association), ("message", &body)];
    let mail = Mail { kind: MailKind::ThreadMessage, facts: &facts, path: &path };
    tell::tell(&work, Grant::Coordinator(MunicipalityId(town.id)), mail).await?;
    work.commit().await
}
