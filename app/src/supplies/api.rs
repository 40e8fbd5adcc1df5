//! What the pages of supplies ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    ids::{ApplicationId, OrganisationId, ReviewId, SlotId},
    supplies::{HandOutForm, SheetDoor, SlotSheet, Supplies, SupplyWeek, TakeBackForm},
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// Reserves for the mission under review what it needs and is there.
#[server(endpoint = "supplies/reserve")]
pub async fn reserve_supplies(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: ReviewId = request::id(&id)?;
    request::service::<dyn Supplies>()?.reserve(&actor, id).await?;
    request::redirect(&routes::done(&routes::review(&insee, id), "materiel-reserve"));
    Ok(())
}

/// Gives the reservation of the mission under review back.
#[server(endpoint = "supplies/release")]
pub async fn release_supplies(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: ReviewId = request::id(&id)?;
    request::service::<dyn Supplies>()?.release(&actor, id).await?;
    request::redirect(&routes::done(&routes::review(&insee, id), "materiel-libere"));
    Ok(())
}

/// The handing-out sheet of a slot, for the town's coordination.
#[server(endpoint = "supplies/sheet", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_town_sheet(insee: String, slot: String) -> Result<SlotSheet, Failure> {
    let actor = request::actor()?;
    let slot = request::id(&slot)?;
    Ok(request::service::<dyn Supplies>()?.sheet(&actor, SheetDoor::Town(insee), slot).await?)
}

/// The handing-out sheet of a slot, for the mission's organisation.
#[server(endpoint = "supplies/own-sheet", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_own_sheet(organisation: String, mission: String, slot: String) -> Result<SlotSheet, Failure> {
    let actor = request::actor()?;
    let door = SheetDoor::Organisation(request::id(&organisation)?, request::id(&mission)?);
    let slot = request::id(&slot)?;
    Ok(request::service::<dyn Supplies>()?.sheet(&actor, door, slot).await?)
}

/// The equipment of a town in the days to come.
#[server(endpoint = "supplies/week", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_week(insee: String) -> Result<SupplyWeek, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Supplies>()?.week(&actor, &insee).await?)
}

/// Notes what a volunteer is handed.
#[server(endpoint = "supplies/hand-out")]
pub async fn hand_out(
    slot: String,
    application: String,
    form: HandOutForm,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let (slot, to): (SlotId, ApplicationId) = (request::id(&slot)?, request::id(&application)?);
    request::service::<dyn Supplies>()?.hand_out(&actor, slot, to, form).await?;
    request::redirect(&routes::done(request::local_or(&next, routes::HOME), "materiel-remis"));
    Ok(())
}

/// Notes what comes back from a volunteer, and what is lost.
#[server(endpoint = "supplies/take-back")]
pub async fn take_back(
    slot: String,
    application: String,
    form: TakeBackForm,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let (slot, from): (SlotId, ApplicationId) = (request::id(&slot)?, request::id(&application)?);
    request::service::<dyn Supplies>()?.take_back(&actor, slot, from, form).await?;
    request::redirect(&routes::done(request::local_or(&next, routes::HOME), "materiel-rendu"));
    Ok(())
}
