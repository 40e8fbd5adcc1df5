//! What the pages of search ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    network::TownPage,
    search::{CommuneHint, HomePage, SearchPage, SearchQuery},
};
use leptos::prelude::*;

use crate::request::Failure;

/// The home page.
#[server(endpoint = "search/home", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_home() -> Result<HomePage, Failure> {
    let actor = crate::request::actor()?;
    Ok(crate::request::service::<dyn domain::search::Search>()?.home(&actor).await?)
}

/// Published missions that match.
#[server(endpoint = "search/missions", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn search_missions(query: SearchQuery) -> Result<SearchPage, Failure> {
    let actor = crate::request::actor()?;
    Ok(crate::request::service::<dyn domain::search::Search>()?.missions(&actor, query).await?)
}

/// The page of a town.
#[server(endpoint = "search/town", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_town(insee: String) -> Result<TownPage, Failure> {
    let actor = crate::request::actor()?;
    Ok(crate::request::service::<dyn domain::search::Search>()?.town(&actor, &insee).await?)
}

/// Communes whose name or postcode begins so.
#[server(endpoint = "search/communes", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn complete_commune(typed: String) -> Result<Vec<CommuneHint>, Failure> {
    Ok(crate::request::service::<dyn domain::search::Search>()?.complete(&typed).await?)
}
