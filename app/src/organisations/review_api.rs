//! What the coordinators' file on an organisation asks of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::OrganisationId,
    organisations::{OrganisationReviews, Organisations},
    reviews::{ChecklistAnswer, Decision, HistoryLine},
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// Takes a submission, or takes it over from whom the page says.
#[server(endpoint = "organisations/take")]
pub async fn take_submission(insee: String, id: String, #[server(default)] seen: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let seen = if seen.is_empty() { None } else { Some(request::id(&seen)?) };
    let of = request::service::<dyn OrganisationReviews>()?.take(&actor, request::id(&id)?, seen).await?;
    request::redirect(&routes::done(&routes::coordination_organisation(&insee, of), "pris"));
    Ok(())
}

/// Gives a submission back to the queue.
#[server(endpoint = "organisations/release")]
pub async fn release_submission(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let of = request::service::<dyn OrganisationReviews>()?.release(&actor, request::id(&id)?).await?;
    request::redirect(&routes::done(&routes::coordination_organisation(&insee, of), "rendu"));
    Ok(())
}

/// Keeps the answers of the checklist; with `then`, approves on them, then on to the next organisation.
#[server(endpoint = "organisations/answer")]
pub async fn save_submission_answers(
    insee: String,
    id: String,
    #[server(default)] answers: Vec<ChecklistAnswer>,
    #[server(default)] then: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let approve = Decision::parse(&then) == Some(Decision::Approve);
    let reviews = request::service::<dyn OrganisationReviews>()?;
    let (of, theirs) = reviews.answer(&actor, request::id(&id)?, answers, approve).await?;
    let file = routes::coordination_organisation(&insee, of);
    let after = if theirs > 0 {
        routes::changed(&file, theirs)
    } else if approve {
        routes::done(request::local_or(&next, &file), "approuvee")
    } else {
        routes::done(&file, "enregistre")
    };
    request::redirect(&after);
    Ok(())
}

/// Keeps why two organisations are not the same.
#[server(endpoint = "organisations/dismiss")]
pub async fn dismiss_look_alike(insee: String, id: String, other: String, reason: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let reviews = request::service::<dyn OrganisationReviews>()?;
    let of = reviews.dismiss(&actor, request::id(&id)?, request::id(&other)?, reason).await?;
    request::redirect(&routes::done(&routes::coordination_organisation(&insee, of), "distincte"));
    Ok(())
}

/// What others did and wrote after an instant.
#[server(endpoint = "organisations/news", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_organisation_news(
    insee: String,
    id: String,
    after: DateTime<Utc>,
) -> Result<Vec<HistoryLine>, Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&id)?;
    Ok(request::service::<dyn OrganisationReviews>()?.news(&actor, &insee, id, after).await?)
}

/// Keeps an organisation's answers to what its town asked; with `then`, sends it again.
#[server(endpoint = "organisations/answer-requests")]
pub async fn answer_town(
    id: String,
    #[server(default)] answers: BTreeMap<String, String>,
    #[server(default)] then: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&id)?;
    request::service::<dyn OrganisationReviews>()?.answer_requests(&actor, id, answers).await?;
    let send = then == "send";
    if send {
        request::service::<dyn Organisations>()?.submit(&actor, id).await?;
    }
    let done = if send { "envoye" } else { "enregistre" };
    request::redirect(&routes::done(&routes::organisation_space(id), done));
    Ok(())
}

/// Asks the network to decide on an organisation in the town's place.
#[server(endpoint = "organisations/ask-network")]
pub async fn ask_network_about(insee: String, id: String, #[server(default)] word: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let reviews = request::service::<dyn OrganisationReviews>()?;
    let of = reviews.ask_network(&actor, request::id(&id)?, word).await?;
    request::redirect(&routes::done(&routes::coordination_organisation(&insee, of), "reseau"));
    Ok(())
}

/// Takes that request back.
#[server(endpoint = "organisations/recall")]
pub async fn recall_submission(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let of = request::service::<dyn OrganisationReviews>()?.recall(&actor, request::id(&id)?).await?;
    request::redirect(&routes::done(&routes::coordination_organisation(&insee, of), "reseau-repris"));
    Ok(())
}
