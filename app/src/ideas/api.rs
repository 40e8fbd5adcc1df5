//! What the pages of ideas ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    error::{AppError, Problem},
    ideas::{IdeaExchange, IdeaFile, IdeaForm, IdeaList, IdeaTab, IdeaWelcome, Ideas},
    ids::IdeaId,
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// What the page of the public form shows.
#[server(endpoint = "ideas/welcome", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_idea_welcome(insee: String) -> Result<IdeaWelcome, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Ideas>()?.welcome(&actor, &insee).await?)
}

/// Sends an idea to a town.
#[server(endpoint = "ideas/send")]
pub async fn send_idea(insee: String, form: IdeaForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Ideas>()?.send(&actor, &insee, form).await?;
    request::redirect(&routes::done(&routes::new_idea(&insee), "idee"));
    Ok(())
}

/// The exchange, by its personal link.
#[server(endpoint = "ideas/exchange", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_exchange(token: String) -> Result<IdeaExchange, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Ideas>()?.exchange(&actor, &token).await?)
}

/// Writes in the exchange, by its personal link.
#[server(endpoint = "ideas/reply")]
pub async fn reply_to_town(token: String, body: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Ideas>()?.reply(&actor, &token, body).await?;
    request::redirect(&routes::done(&routes::idea_exchange(&token), "message"));
    Ok(())
}

/// The ideas of a town.
#[server(endpoint = "ideas/list", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_ideas(insee: String, #[server(default)] tab: IdeaTab) -> Result<IdeaList, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Ideas>()?.list(&actor, &insee, tab).await?)
}

/// One of them.
#[server(endpoint = "ideas/idea", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_idea(insee: String, id: String) -> Result<IdeaFile, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Ideas>()?.idea(&actor, &insee, request::id(&id)?).await?)
}

/// Answers an association.
#[server(endpoint = "ideas/answer")]
pub async fn answer_idea(insee: String, id: String, body: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: IdeaId = request::id(&id)?;
    request::service::<dyn Ideas>()?.answer(&actor, &insee, id, body).await?;
    request::redirect(&routes::done(&routes::idea(&insee, id), "idee-reponse"));
    Ok(())
}

/// Ends an exchange.
#[server(endpoint = "ideas/close")]
pub async fn close_idea(insee: String, id: String, reason: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: IdeaId = request::id(&id)?;
    request::service::<dyn Ideas>()?.close(&actor, &insee, id, reason).await?;
    request::redirect(&routes::done(&routes::idea(&insee, id), "idee-close"));
    Ok(())
}

/// Makes a draft of a mission of an idea; without an organisation, in the name of a new one.
#[server(endpoint = "ideas/turn")]
pub async fn turn_idea(insee: String, id: String, #[server(default)] organisation: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: IdeaId = request::id(&id)?;
    let organisation = match organisation.as_str() {
        "" => None,
        known => Some(known.parse().map_err(|_| AppError::field("organisation", Problem::NotAChoice))?),
    };
    request::service::<dyn Ideas>()?.turn(&actor, &insee, id, organisation).await?;
    request::redirect(&routes::done(&routes::idea(&insee, id), "idee-mission"));
    Ok(())
}
