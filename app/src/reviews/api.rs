//! What the pages of reviews ask of the server.
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::reviews::{
    ChecklistAnswer, Comparison, Decision, HistoryLine, Queue, QueueAsk, ReviewFile,
    items::{ItemForm, ItemsPage},
    signs::{SignsForm, SignsPage},
};
use leptos::prelude::*;

use crate::request::Failure;

/// The queue of a town.
#[server(endpoint = "reviews/queue", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_queue(insee: String, #[server(default)] ask: QueueAsk) -> Result<Queue, Failure> {
    let actor = crate::request::actor()?;
    Ok(crate::request::service::<dyn domain::reviews::Reviews>()?.queue(&actor, &insee, ask).await?)
}

/// The file on one version of a mission, and the queue it stands in.
#[server(endpoint = "reviews/file", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_review(insee: String, id: String) -> Result<(ReviewFile, Queue), Failure> {
    let actor = crate::request::actor()?;
    let service = crate::request::service::<dyn domain::reviews::Reviews>()?;
    let file = service.file(&actor, &insee, crate::request::id(&id)?).await?;
    Ok((file, service.queue(&actor, &insee, QueueAsk::default()).await?))
}

/// Takes a review, or takes it over from whom the page says.
#[server(endpoint = "reviews/take")]
pub async fn take_review(insee: String, id: String, #[server(default)] seen: String) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let id = crate::request::id(&id)?;
    let seen = if seen.is_empty() { None } else { Some(crate::request::id(&seen)?) };
    crate::request::service::<dyn domain::reviews::Reviews>()?.take(&actor, id, seen).await?;
    crate::request::redirect(&crate::routes::done(&crate::routes::review(&insee, id), "pris"));
    Ok(())
}

/// What others did and wrote after an instant.
#[server(endpoint = "reviews/news", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_news(insee: String, id: String, after: DateTime<Utc>) -> Result<Vec<HistoryLine>, Failure> {
    let actor = crate::request::actor()?;
    let id = crate::request::id(&id)?;
    Ok(crate::request::service::<dyn domain::reviews::Reviews>()?.news(&actor, &insee, id, after).await?)
}

/// The mission under review beside another.
#[server(endpoint = "reviews/compare", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_comparison(insee: String, id: String, other: String) -> Result<Comparison, Failure> {
    let actor = crate::request::actor()?;
    let (id, other) = (crate::request::id(&id)?, crate::request::id(&other)?);
    Ok(crate::request::service::<dyn domain::reviews::Reviews>()?.compare(&actor, &insee, id, other).await?)
}

/// Keeps why two missions are no duplicates.
#[server(endpoint = "reviews/dismiss")]
pub async fn dismiss_duplicate(
    insee: String,
    id: String,
    other: String,
    #[server(default)] seen: String,
    reason: String,
) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let (id, other) = (crate::request::id(&id)?, crate::request::id(&other)?);
    crate::request::service::<dyn domain::reviews::Reviews>()?.dismiss(&actor, id, other, seen, reason).await?;
    crate::request::redirect(&crate::routes::done(&crate::routes::review(&insee, id), "ecarte"));
    Ok(())
}

/// Joins the mission under review to another that is online, then on to the next review.
#[server(endpoint = "reviews/join")]
pub async fn join_duplicate(
    id: String,
    other: String,
    #[server(default)] seen: String,
    #[server(default)] reason: String,
    next: String,
) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let (id, other) = (crate::request::id(&id)?, crate::request::id(&other)?);
    crate::request::service::<dyn domain::reviews::Reviews>()?.join(&actor, id, other, seen, reason).await?;
    crate::request::redirect(&crate::routes::done(crate::request::local_or(&next, crate::routes::HOME), "jointe"));
    Ok(())
}

/// Hands a review over to a colleague.
#[server(endpoint = "reviews/hand-over")]
pub async fn hand_review_over(
    insee: String,
    id: String,
    to: String,
    #[server(default)] word: String,
) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let id = crate::request::id(&id)?;
    let to = to.parse().map_err(|_| domain::error::AppError::field("to", domain::error::Problem::NotAChoice))?;
    crate::request::service::<dyn domain::reviews::Reviews>()?.hand_over(&actor, id, to, word).await?;
    crate::request::redirect(&crate::routes::done(&crate::routes::coordination(&insee), "confie"));
    Ok(())
}

/// Gives a review back to the queue.
#[server(endpoint = "reviews/release")]
pub async fn release_review(insee: String, id: String) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let id = crate::request::id(&id)?;
    crate::request::service::<dyn domain::reviews::Reviews>()?.release(&actor, id).await?;
    crate::request::redirect(&crate::routes::done(&crate::routes::review(&insee, id), "rendu"));
    Ok(())
}

/// Keeps the answers of the checklist; with `then`, gives the green light on them, then on to the next review.
#[server(endpoint = "reviews/answer")]
pub async fn save_answers(
    insee: String,
    id: String,
    #[server(default)] answers: Vec<ChecklistAnswer>,
    #[server(default)] then: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let id = crate::request::id(&id)?;
    let approve = Decision::parse(&then) == Some(Decision::Approve);
    let theirs =
        crate::request::service::<dyn domain::reviews::Reviews>()?.answer(&actor, id, answers, approve).await?;
    let file = crate::routes::review(&insee, id);
    let after = if theirs > 0 {
        crate::routes::changed(&file, theirs)
    } else if approve {
        crate::routes::done(crate::request::local_or(&next, &file), "feu-vert")
    } else {
        crate::routes::done(&file, "enregistre")
    };
    crate::request::redirect(&after);
    Ok(())
}

/// Writes to the organisation, about an item of the checklist or about the file as a whole.
#[server(endpoint = "reviews/write")]
pub async fn write_to_organisation(
    insee: String,
    id: String,
    body: String,
    #[server(default)] item: String,
) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let id = crate::request::id(&id)?;
    crate::request::service::<dyn domain::reviews::Reviews>()?.write(&actor, id, body, Some(item)).await?;
    crate::request::redirect(&crate::routes::done(&crate::routes::review(&insee, id), "message"));
    Ok(())
}

/// Decides, then on to the next review. The checklist comes along, so that nothing that was ticked is lost: what somebody else
/// answered meanwhile is shown first.
#[server(endpoint = "reviews/decide")]
pub async fn decide_review(
    #[server(default)] insee: String,
    id: String,
    decision: Decision,
    #[server(default)] reason: String,
    #[server(default)] requests: BTreeMap<String, String>,
    #[server(default)] answers: Vec<ChecklistAnswer>,
    next: String,
) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let id = crate::request::id(&id)?;
    let reviews = crate::request::service::<dyn domain::reviews::Reviews>()?;
    if !answers.is_empty() {
        let theirs = reviews.answer(&actor, id, answers, false).await?;
        if theirs > 0 {
            crate::request::redirect(&crate::routes::changed(&crate::routes::review(&insee, id), theirs));
            return Ok(());
        }
    }
    if decision == Decision::RequestChanges {
        reviews.request_changes(&actor, id, requests, reason).await?;
    } else {
        reviews.decide(&actor, id, decision, reason).await?;
    }
    let notice = match decision {
        Decision::RequestChanges => "modifications",
        Decision::Refuse => "refus",
        _ => "feu-vert",
    };
    crate::request::redirect(&crate::routes::done(crate::request::local_or(&next, crate::routes::HOME), notice));
    Ok(())
}

/// Asks the network to decide in the town's place.
#[server(endpoint = "reviews/ask-network")]
pub async fn ask_network(insee: String, id: String, #[server(default)] word: String) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let id = crate::request::id(&id)?;
    crate::request::service::<dyn domain::reviews::Reviews>()?.ask_network(&actor, id, word).await?;
    crate::request::redirect(&crate::routes::done(&crate::routes::review(&insee, id), "reseau"));
    Ok(())
}

/// Takes that request back.
#[server(endpoint = "reviews/recall")]
pub async fn recall_review(insee: String, id: String) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let id = crate::request::id(&id)?;
    crate::request::service::<dyn domain::reviews::Reviews>()?.recall(&actor, id).await?;
    crate::request::redirect(&crate::routes::done(&crate::routes::review(&insee, id), "reseau-repris"));
    Ok(())
}

/// The checklist, for the network.
#[server(endpoint = "reviews/items", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_checklist_items() -> Result<ItemsPage, Failure> {
    let actor = crate::request::actor()?;
    Ok(crate::request::service::<dyn domain::reviews::Reviews>()?.checklist_items(&actor).await?)
}

/// Adds an item of the checklist, changes one, retires one or brings it back.
#[server(endpoint = "reviews/save-item")]
pub async fn save_checklist_item(form: ItemForm) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    crate::request::service::<dyn domain::reviews::Reviews>()?.save_checklist_item(&actor, form).await?;
    crate::request::redirect(&crate::routes::done(crate::routes::CHECKLIST_ITEMS, "enregistre"));
    Ok(())
}

/// The words that the system looks for, for the network.
#[server(endpoint = "reviews/signs", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_signs() -> Result<SignsPage, Failure> {
    let actor = crate::request::actor()?;
    Ok(crate::request::service::<dyn domain::reviews::Reviews>()?.signs(&actor).await?)
}

/// Adds a word to a list, and takes some out.
#[server(endpoint = "reviews/save-signs")]
pub async fn save_signs(form: SignsForm) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    crate::request::service::<dyn domain::reviews::Reviews>()?.save_signs(&actor, form).await?;
    crate::request::redirect(&crate::routes::done(crate::routes::SIGNS, "enregistre"));
    Ok(())
}
