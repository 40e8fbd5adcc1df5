//! What the pages of asking for cover ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    cover::{Cover, CoverPage},
    ids::{MissionId, SlotId},
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// How many could be asked for a slot, and what was asked before.
#[server(endpoint = "cover/slot", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_cover(mission: String, slot: String) -> Result<CoverPage, Failure> {
    let actor = request::actor()?;
    let slot: SlotId = request::id(&slot)?;
    Ok(request::service::<dyn Cover>()?.cover(&actor, request::id(&mission)?, slot).await?)
}

/// Writes to those who fit best.
#[server(endpoint = "cover/ask")]
pub async fn ask_for_cover(mission: String, slot: String, #[server(default)] word: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let (mission, slot): (MissionId, SlotId) = (request::id(&mission)?, request::id(&slot)?);
    let service = request::service::<dyn Cover>()?;
    let organisation = service.ask_for_cover(&actor, mission, slot, &word).await?;
    request::redirect(&routes::done(&routes::cover(organisation, mission, slot), "renfort"));
    Ok(())
}

/// Whether the link of an e-mail leads to somebody who may be asked.
#[server(endpoint = "cover/stopping", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_stopping_cover(secret: String) -> Result<bool, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Cover>()?.stopping_cover(&actor, &secret).await?)
}

/// Asks the person that the link belongs to no more.
#[server(endpoint = "cover/stop")]
pub async fn stop_cover(secret: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let page = routes::stop_cover(&routes::encode(&secret));
    // Nothing is said to be done where there was nothing to end: the page says so.
    let ended = request::service::<dyn Cover>()?.stop_cover(&actor, &secret).await?;
    request::redirect(&if ended { routes::done(&page, "renfort-arrete") } else { page });
    Ok(())
}
