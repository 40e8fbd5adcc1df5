//! What the pages of figures ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::figures::{Ask, Figures, NetworkFigures, TownChart};
use leptos::prelude::*;

use crate::request::{self, Failure};

/// The figures of a town.
#[server(endpoint = "figures/town", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_town_figures(insee: String, #[server(default)] ask: Ask) -> Result<TownChart, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Figures>()?.of_town(&actor, &insee, ask).await?)
}

/// The figures of the network.
#[server(endpoint = "figures/network", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_network_figures(#[server(default)] ask: Ask) -> Result<NetworkFigures, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Figures>()?.of_network(&actor, ask).await?)
}
