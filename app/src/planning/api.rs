//! What the pages of planning ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    ids::{MissionId, SlotBatchId},
    planning::{PatternForm, PatternPage, Planning, SlotBatch},
};
use leptos::prelude::*;

use crate::{
    missions::step_address,
    request::{self, Failure},
    routes,
};

/// What a pattern of slots would make.
#[server(endpoint = "planning/pattern", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_pattern(mission: String, #[server(default)] form: PatternForm) -> Result<PatternPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Planning>()?.pattern(&actor, request::id(&mission)?, form).await?)
}

/// Adds what it makes.
#[server(endpoint = "planning/add-slots")]
pub async fn add_slots(mission: String, #[server(default)] form: PatternForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Planning>()?.add_slots(&actor, request::id(&mission)?, form).await?;
    request::redirect(&routes::done(&step_address(&mission, "creneaux").await?, "creneaux"));
    Ok(())
}

/// The slots that were added together.
#[server(endpoint = "planning/batches", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_batches(mission: String) -> Result<Vec<SlotBatch>, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Planning>()?.batches(&actor, request::id(&mission)?).await?)
}

/// Takes them out again.
#[server(endpoint = "planning/remove-slots")]
pub async fn remove_slots(mission: String, batch: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let batch: SlotBatchId = request::id(&batch)?;
    request::service::<dyn Planning>()?.remove_slots(&actor, request::id(&mission)?, batch).await?;
    request::redirect(&routes::done(&step_address(&mission, "creneaux").await?, "creneaux-retires"));
    Ok(())
}
