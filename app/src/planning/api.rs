//! What the pages of planning ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    error::{AppError, Problem},
    ids::{MissionId, SlotBatchId, SlotId},
    planning::{Agenda, CopySlots, ExtendForm, PatternForm, PatternPage, Planning, ReduceForm, ReducePage, SlotBatch},
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

/// Gives a slot more places, or a period a later end.
#[server(endpoint = "planning/extend-slot")]
pub async fn extend_slot(mission: String, slot: String, form: ExtendForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    let slot: SlotId = request::id(&slot)?;
    request::service::<dyn Planning>()?.extend_slot(&actor, request::id(&mission)?, slot, form).await?;
    request::redirect(&routes::done(&step_address(&mission, "creneaux").await?, "creneau-change"));
    Ok(())
}

/// Who holds places in a slot, and who would lose theirs with fewer.
#[server(endpoint = "planning/reducing", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_reducing(
    mission: String,
    slot: String,
    #[server(default)] places: String,
) -> Result<ReducePage, Failure> {
    let actor = request::actor()?;
    let slot: SlotId = request::id(&slot)?;
    Ok(request::service::<dyn Planning>()?.reducing(&actor, request::id(&mission)?, slot, &places).await?)
}

/// Takes places of a slot away.
#[server(endpoint = "planning/reduce-slot")]
pub async fn reduce_slot(mission: String, slot: String, form: ReduceForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    let slot: SlotId = request::id(&slot)?;
    let mission: MissionId = request::id(&mission)?;
    let planning = request::service::<dyn Planning>()?;
    planning.reduce_slot(&actor, mission, slot, form).await?;
    let organisation = planning.reducing(&actor, mission, slot, "").await?.organisation;
    request::redirect(&routes::done(&routes::own_mission(organisation, mission, "candidatures"), "places-retirees"));
    Ok(())
}

/// Makes a new draft with the content of a mission.
#[server(endpoint = "planning/copy")]
pub async fn copy_mission(mission: String, slots: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let mission: MissionId = request::id(&mission)?;
    let slots = CopySlots::parse(&slots).ok_or_else(|| AppError::field("slots", Problem::NotAChoice))?;
    let copy = request::service::<dyn Planning>()?.copy(&actor, mission, slots).await?;
    request::redirect(&routes::done(&step_address(&copy.to_string(), "texte").await?, "copie"));
    Ok(())
}

/// The week before an organisation.
#[server(endpoint = "planning/agenda", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_agenda(organisation: String) -> Result<Agenda, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Planning>()?.agenda(&actor, request::id(&organisation)?).await?)
}
