//! What the pages of the network ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    ids::{AccountId, InvitationId},
    messages::{Messages, ReportRow},
    network::{AskedFile, InvitationPage, MunicipalityFile, MunicipalitySettings, Network, TownFigures, TownRef},
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// The open towns, to choose from.
#[server(endpoint = "network/open-towns", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_open_towns() -> Result<Vec<TownRef>, Failure> {
    Ok(request::service::<dyn Network>()?.open_towns().await?)
}

/// The towns with their figures.
#[server(endpoint = "network/towns", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_towns() -> Result<Vec<TownFigures>, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Network>()?.towns(&actor).await?)
}

/// The files that towns ask the network to decide, and the reports that no coordinator may judge.
#[server(endpoint = "network/asked-files", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_asked_files() -> Result<(Vec<AskedFile>, Vec<(TownRef, ReportRow)>), Failure> {
    let actor = request::actor()?;
    let files = request::service::<dyn Network>()?.asked_files(&actor).await?;
    Ok((files, request::service::<dyn Messages>()?.reports_of_network(&actor).await?))
}

/// Opens a town.
#[server(endpoint = "network/open")]
pub async fn open_town(insee: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Network>()?.open(&actor, &insee).await?;
    let code = insee.trim().to_uppercase();
    request::redirect(&routes::done(&routes::network_town(&code), "ouverte"));
    Ok(())
}

/// The file on a town: its figures, settings and coordinators.
#[server(endpoint = "network/file", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_town_file(insee: String) -> Result<MunicipalityFile, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Network>()?.file(&actor, &insee).await?)
}

/// Changes the settings of a town.
#[server(endpoint = "network/save-settings")]
pub async fn save_town_settings(insee: String, next: String, form: MunicipalitySettings) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Network>()?.save_settings(&actor, &insee, form).await?;
    let settings = routes::coordination_settings(&insee);
    request::redirect(&routes::done(request::local_or(&next, &settings), "enregistre"));
    Ok(())
}

/// Invites someone to coordinate a town.
#[server(endpoint = "network/invite")]
pub async fn invite_coordinator(insee: String, email: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Network>()?.invite(&actor, &insee, &email).await?;
    request::redirect(&routes::done(&routes::network_town(&insee), "invitation"));
    Ok(())
}

/// Takes an invitation back.
#[server(endpoint = "network/revoke")]
pub async fn revoke_invitation(insee: String, invitation: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: InvitationId = request::id(&invitation)?;
    request::service::<dyn Network>()?.revoke(&actor, &insee, id).await?;
    request::redirect(&routes::done(&routes::network_town(&insee), "invitation-retiree"));
    Ok(())
}

/// Ends somebody's role in a town's coordination.
#[server(endpoint = "network/end-coordinator")]
pub async fn end_coordinator(insee: String, account: String, #[server(default)] sure: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: AccountId = request::id(&account)?;
    request::service::<dyn Network>()?.end_coordinator(&actor, &insee, id, sure == "yes").await?;
    request::redirect(&routes::done(&routes::network_town(&insee), "coordination-finie"));
    Ok(())
}

/// What the link of an invitation shows.
#[server(endpoint = "network/invitation", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_invitation(token: String) -> Result<InvitationPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Network>()?.invitation(&actor, &token).await?)
}

/// Accepts an invitation; signs in whoever had no account.
#[server(endpoint = "network/accept")]
pub async fn accept_invitation(
    token: String,
    #[server(default)] given_name: String,
    #[server(default)] family_name: String,
    #[server(default)] password: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let network = request::service::<dyn Network>()?;
    let invited = network.invitation(&actor, &token).await?;
    if let Some(session) = network.accept(&actor, &token, given_name, family_name, password).await? {
        request::open_session(&session);
    }
    let space = match invited.organisation {
        Some((id, _)) => routes::organisation_space(id),
        None => routes::coordination(&invited.town.insee),
    };
    request::redirect(&routes::done(&space, "bienvenue"));
    Ok(())
}
