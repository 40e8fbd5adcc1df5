//! What the pages of missions ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use std::collections::BTreeMap;

use domain::{
    error::Outcome,
    ids::{MissionId, OrganisationId, SlotId},
    missions::{MissionEditor, MissionPage, Missions, PeopleStep, PlaceStep, SlotForm, TemplateCard, TextStep},
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// The public page.
#[server(endpoint = "missions/page", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_mission(id: String) -> Result<MissionPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Missions>()?.page(&actor, request::id(&id)?).await?)
}

/// The version being written, as the public will see it.
#[server(endpoint = "missions/preview", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_preview(id: String) -> Result<MissionPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Missions>()?.preview(&actor, request::id(&id)?).await?)
}

/// What the editor needs.
#[server(endpoint = "missions/editor", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_editor(id: String) -> Result<MissionEditor, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Missions>()?.editor(&actor, request::id(&id)?).await?)
}

/// Templates to start from.
#[server(endpoint = "missions/templates", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_templates(organisation: String) -> Result<Vec<TemplateCard>, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Missions>()?.templates(&actor, request::id(&organisation)?).await?)
}

/// Begins a mission, from a template or from nothing.
#[server(endpoint = "missions/create")]
pub async fn create_mission(organisation: String, template: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let organisation: OrganisationId = request::id(&organisation)?;
    let id = request::service::<dyn Missions>()?.create(&actor, organisation, Some(template)).await?;
    request::redirect(&routes::own_mission(organisation, id, "texte"));
    Ok(())
}

/// The organisation's address of a mission, for the step after this one.
pub async fn step_address(id: &str, page: &str) -> Outcome<String> {
    let actor = request::actor()?;
    let id: MissionId = request::id(id)?;
    let editor = request::service::<dyn Missions>()?.editor(&actor, id).await?;
    Ok(routes::own_mission(editor.organisation, id, page))
}

/// Saves what the mission is.
#[server(endpoint = "missions/save-text")]
pub async fn save_text(id: String, form: TextStep) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Missions>()?.save_text(&actor, request::id(&id)?, form).await?;
    request::redirect(&routes::done(&step_address(&id, "lieu").await?, "enregistre"));
    Ok(())
}

/// Saves where it takes place.
#[server(endpoint = "missions/save-place")]
pub async fn save_place(id: String, form: PlaceStep) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Missions>()?.save_place(&actor, request::id(&id)?, form).await?;
    request::redirect(&routes::done(&step_address(&id, "creneaux").await?, "enregistre"));
    Ok(())
}

/// Saves with whom, and under which rules.
#[server(endpoint = "missions/save-people")]
pub async fn save_people(id: String, form: PeopleStep) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Missions>()?.save_people(&actor, request::id(&id)?, form).await?;
    request::redirect(&routes::done(&step_address(&id, "relecture").await?, "enregistre"));
    Ok(())
}

/// Adds a slot.
#[server(endpoint = "missions/add-slot")]
pub async fn add_slot(id: String, form: SlotForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Missions>()?.add_slot(&actor, request::id(&id)?, form).await?;
    request::redirect(&routes::done(&step_address(&id, "creneaux").await?, "creneau"));
    Ok(())
}

/// Takes a slot out.
#[server(endpoint = "missions/remove-slot")]
pub async fn remove_slot(id: String, slot: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let slot: SlotId = request::id(&slot)?;
    request::service::<dyn Missions>()?.remove_slot(&actor, request::id(&id)?, slot).await?;
    request::redirect(&routes::done(&step_address(&id, "creneaux").await?, "creneau-retire"));
    Ok(())
}

/// Sends the mission to the town.
#[server(endpoint = "missions/submit")]
pub async fn submit_mission(id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Missions>()?.submit(&actor, request::id(&id)?).await?;
    request::redirect(&routes::done(&step_address(&id, "relecture").await?, "envoye"));
    Ok(())
}

/// Gives the mission up.
#[server(endpoint = "missions/cancel")]
pub async fn cancel_mission(id: String, reason: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Missions>()?.cancel(&actor, request::id(&id)?, reason).await?;
    request::redirect(&routes::done(&step_address(&id, "relecture").await?, "annule"));
    Ok(())
}

/// Calls one slot off.
#[server(endpoint = "missions/cancel-slot")]
pub async fn cancel_slot(
    id: String,
    slot: String,
    reason: String,
    #[server(default)] organisation: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let (id, slot): (MissionId, SlotId) = (request::id(&id)?, request::id(&slot)?);
    request::service::<dyn Missions>()?.cancel_slot(&actor, id, slot, reason).await?;
    // A partner has no editor: it comes back to its applications.
    let page = match organisation.parse::<OrganisationId>() {
        Ok(partner) => routes::own_mission(partner, id, "candidatures"),
        Err(_) => step_address(&id.to_string(), "relecture").await?,
    };
    request::redirect(&routes::done(&page, "creneau-annule"));
    Ok(())
}

/// Ends the mission before its last slot.
#[server(endpoint = "missions/close")]
pub async fn close_mission(id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Missions>()?.close(&actor, request::id(&id)?).await?;
    request::redirect(&routes::done(&step_address(&id, "relecture").await?, "cloture"));
    Ok(())
}

/// Keeps the answers to what the town asked; with `then`, sends the mission again.
#[server(endpoint = "missions/answer-requests")]
pub async fn answer_requests(
    id: String,
    #[server(default)] answers: BTreeMap<String, String>,
    #[server(default)] then: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let (missions, mission) = (request::service::<dyn Missions>()?, request::id(&id)?);
    missions.answer_requests(&actor, mission, answers).await?;
    let send = then == "send";
    if send {
        missions.submit(&actor, mission).await?;
    }
    let done = if send { "envoye" } else { "enregistre" };
    request::redirect(&routes::done(&step_address(&id, "relecture").await?, done));
    Ok(())
}

/// Writes to the town's coordinators, about an item of their checklist or about the mission as a whole.
#[server(endpoint = "missions/write")]
pub async fn write_about_mission(id: String, body: String, #[server(default)] item: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Missions>()?.write(&actor, request::id(&id)?, body, Some(item)).await?;
    request::redirect(&routes::done(&step_address(&id, "relecture").await?, "message"));
    Ok(())
}
