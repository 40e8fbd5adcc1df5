//! What the page of a team asks of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    ids::{AccountId, InvitationId, OrganisationId},
    team::{Team, TeamPage},
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// Who is in the team of an organisation.
#[server(endpoint = "team/page", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_team(id: String) -> Result<TeamPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Team>()?.team(&actor, request::id(&id)?).await?)
}

/// Invites a colleague.
#[server(endpoint = "team/invite")]
pub async fn invite_colleague(
    organisation: String,
    email: String,
    #[server(default)] role: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&organisation)?;
    request::service::<dyn Team>()?.invite_colleague(&actor, id, &email, &role).await?;
    request::redirect(&routes::done(&routes::team(id), "invitation"));
    Ok(())
}

/// Sends an invitation again.
#[server(endpoint = "team/invite-again")]
pub async fn invite_again(organisation: String, invitation: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&organisation)?;
    let invitation: InvitationId = request::id(&invitation)?;
    request::service::<dyn Team>()?.invite_again(&actor, id, invitation).await?;
    request::redirect(&routes::done(&routes::team(id), "invitation"));
    Ok(())
}

/// Takes an invitation back.
#[server(endpoint = "team/take-back")]
pub async fn take_invitation_back(organisation: String, invitation: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&organisation)?;
    let invitation: InvitationId = request::id(&invitation)?;
    request::service::<dyn Team>()?.take_back(&actor, id, invitation).await?;
    request::redirect(&routes::done(&routes::team(id), "invitation-retiree"));
    Ok(())
}

/// Gives a colleague another role.
#[server(endpoint = "team/change-role")]
pub async fn change_role(organisation: String, colleague: String, role: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&organisation)?;
    let colleague: AccountId = request::id(&colleague)?;
    request::service::<dyn Team>()?.change_role(&actor, id, colleague, &role).await?;
    request::redirect(&routes::done(&routes::team(id), "equipe-role"));
    Ok(())
}

/// Takes a colleague out of the team.
#[server(endpoint = "team/remove")]
pub async fn remove_colleague(organisation: String, colleague: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&organisation)?;
    let colleague: AccountId = request::id(&colleague)?;
    request::service::<dyn Team>()?.remove_colleague(&actor, id, colleague).await?;
    request::redirect(&routes::done(&routes::team(id), "equipe-retrait"));
    Ok(())
}

/// Leaves the team, in somebody else's hands where one names them.
#[server(endpoint = "team/leave")]
pub async fn leave_team(organisation: String, #[server(default)] successor: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&organisation)?;
    let successor: Option<AccountId> = if successor.is_empty() { None } else { Some(request::id(&successor)?) };
    request::service::<dyn Team>()?.leave_team(&actor, id, successor).await?;
    request::redirect(&routes::done(routes::MY_SPACE, "equipe-depart"));
    Ok(())
}
