//! What the pages of reviews ask of the server.
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::reviews::{ChecklistAnswer, Decision, Queue, QueueTab, ReviewFile, Reviews};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// The queue of a town.
#[server(endpoint = "reviews/queue", input = server_fn::codec::GetUrl)]
pub async fn load_queue(insee: String, tab: QueueTab) -> Result<Queue, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Reviews>()?.queue(&actor, &insee, tab).await?)
}

/// The file on one version of a mission, and the queue it stands in.
#[server(endpoint = "reviews/file", input = server_fn::codec::GetUrl)]
pub async fn load_review(insee: String, id: String) -> Result<(ReviewFile, Queue), Failure> {
    let actor = request::actor()?;
    let service = request::service::<dyn Reviews>()?;
    let file = service.file(&actor, &insee, request::id(&id)?).await?;
    Ok((file, service.queue(&actor, &insee, QueueTab::Open).await?))
}

/// Takes a review, or takes it over.
#[server(endpoint = "reviews/take")]
pub async fn take_review(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id = request::id(&id)?;
    request::service::<dyn Reviews>()?.take(&actor, id).await?;
    request::redirect(&routes::done(&routes::review(&insee, id), "pris"));
    Ok(())
}

/// Gives a review back to the queue.
#[server(endpoint = "reviews/release")]
pub async fn release_review(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id = request::id(&id)?;
    request::service::<dyn Reviews>()?.release(&actor, id).await?;
    request::redirect(&routes::done(&routes::review(&insee, id), "rendu"));
    Ok(())
}

/// Keeps the answers of the checklist.
#[server(endpoint = "reviews/answer")]
pub async fn save_answers(
    insee: String,
    id: String,
    #[server(default)] answers: Vec<ChecklistAnswer>,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id = request::id(&id)?;
    request::service::<dyn Reviews>()?.answer(&actor, id, answers).await?;
    request::redirect(&routes::done(&routes::review(&insee, id), "enregistre"));
    Ok(())
}

/// Writes to the organisation.
#[server(endpoint = "reviews/write")]
pub async fn write_to_organisation(insee: String, id: String, body: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id = request::id(&id)?;
    request::service::<dyn Reviews>()?.write(&actor, id, body).await?;
    request::redirect(&routes::done(&routes::review(&insee, id), "message"));
    Ok(())
}

/// Decides, then on to the next review.
#[server(endpoint = "reviews/decide")]
pub async fn decide_review(
    id: String,
    decision: Decision,
    #[server(default)] reason: String,
    next: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id = request::id(&id)?;
    request::service::<dyn Reviews>()?.decide(&actor, id, decision, reason).await?;
    let notice = match decision {
        Decision::RequestChanges => "modifications",
        Decision::Refuse => "refus",
        _ => "feu-vert",
    };
    request::redirect(&routes::done(request::local_or(&next, routes::HOME), notice));
    Ok(())
}
