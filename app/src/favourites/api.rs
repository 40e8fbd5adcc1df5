//! What the pages of kept missions ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    favourites::{Favourites, FavouritesPage, SharedMission},
    ids::MissionId,
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// One's own; with the mission that one is about to keep, or nothing.
#[server(endpoint = "favourites/list", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_favourites(about: String) -> Result<FavouritesPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Favourites>()?.favourites(&actor, about.parse().ok()).await?)
}

/// Keeps a mission, and goes back to its page.
#[server(endpoint = "favourites/keep")]
pub async fn keep_mission(mission: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: MissionId = request::id(&mission)?;
    request::service::<dyn Favourites>()?.keep_mission(&actor, id).await?;
    request::redirect(&routes::done(&routes::mission(id, ""), "favori"));
    Ok(())
}

/// Keeps it no longer.
#[server(endpoint = "favourites/leave")]
pub async fn leave_mission(mission: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Favourites>()?.leave_mission(&actor, request::id(&mission)?).await?;
    request::redirect(&routes::done(routes::MY_FAVOURITES, "favori-retire"));
    Ok(())
}

/// What is passed on of a mission.
#[server(endpoint = "favourites/share", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_shared(mission: String) -> Result<SharedMission, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Favourites>()?.share_mission(&actor, request::id(&mission)?).await?)
}
