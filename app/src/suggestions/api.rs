//! What the page of suggestions asks of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    error::AppError,
    suggestions::{Suggestions, SuggestionsPage},
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// Missions that fit whoever asks.
#[server(endpoint = "suggestions/list", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_suggestions() -> Result<SuggestionsPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Suggestions>()?.suggestions(&actor).await?)
}

/// Turns them `on` or `off`.
#[server(endpoint = "suggestions/switch")]
pub async fn switch_suggestions(answer: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let on = match answer.as_str() {
        "on" => true,
        "off" => false,
        _ => return Err(AppError::Malformed.into()),
    };
    request::service::<dyn Suggestions>()?.switch_suggestions(&actor, on).await?;
    request::redirect(&routes::done(routes::MY_SUGGESTIONS, "enregistre"));
    Ok(())
}
