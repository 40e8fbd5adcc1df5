//! Invitations to a team. What is kept, and how one accepts, is the network's: one use case for every invitation.

use domain::{
    access::Role,
    actor::Actor,
    error::{AppError, Conflict, Problem},
    ids::{InvitationId, OrganisationId},
    team::{self, Duty},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    queries::{Held, hold},
    tell,
};
use crate::{
    backend::Backend,
    entity::invitation,
    error::{Result, told},
    network::invite::{self, Place},
    organisations::queries as organisations,
    store::Work,
    throttle::{self, Limit},
};

/// Invites a colleague.
pub async fn invite(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    email: &str,
    role: &str,
) -> Result<()> {
    let me = actor.require_organisation(organisation, Duty::Team).map_err(told)?;
    throttle::take(backend, &format!("team:{me}"), Limit::MESSAGES).await?;
    let email = invite::read(backend, email).await?;
    let work = Work::begin(backend, actor).await?;
    let held = hold(&work, organisation, Duty::Team).await?;
    let role = team::role(role).map_err(|problem| told(AppError::field("role", problem)))?;
    send(&work, &held, email.as_str(), role).await?;
    work.commit().await
}

async fn send(work: &Work, held: &Held, email: &str, role: Role) -> Result<()> {
    if !team::may_invite(organisations::status(&held.organisation)) {
        return Err(told(Conflict::NoInvitations));
    }
    if held.colleagues.iter().any(|colleague| colleague.account.email == email) {
        return Err(told(AppError::field("email", Problem::AlreadyInTeam)));
    }
    let path = invite::send(work, held.me, email, Place::organisation(&held.organisation), role).await?;
    let (inviter, locale) = invite::words(work, held.me, email).await?;
    tell::invite(work, &held.organisation, (&inviter, locale), (email, role), &path).await
}

/// Sends an invitation again, also one that expired: with a new link.
pub async fn again(backend: &Backend, actor: &Actor, organisation: OrganisationId, id: InvitationId) -> Result<()> {
    let me = actor.require_organisation(organisation, Duty::Team).map_err(told)?;
    throttle::take(backend, &format!("team:{me}"), Limit::MESSAGES).await?;
    let found = invitation::Entity::find_by_id(id.0).filter(invitation::Column::OrganisationId.eq(organisation.0));
    let row = found.clone().one(backend.store.read()).await?.ok_or_else(|| told(AppError::NotFound))?;
    // As often as one may write to that person.
    invite::read(backend, &row.email).await?;
    let work = Work::begin(backend, actor).await?;
    let held = hold(&work, organisation, Duty::Team).await?;
    let row = found.one(&work.tx).await?.ok_or_else(|| told(AppError::NotFound))?;
    if row.accepted_at.is_some() || row.revoked_at.is_some() {
        return Err(told(Conflict::NotInThisState));
    }
    let role = team::role(&row.role).map_err(|_| told(AppError::NotFound))?;
    send(&work, &held, &row.email, role).await?;
    work.commit().await
}

/// Takes an invitation back.
pub async fn take_back(backend: &Backend, actor: &Actor, organisation: OrganisationId, id: InvitationId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let held = hold(&work, organisation, Duty::Team).await?;
    invite::take_back(&work, Place::organisation(&held.organisation), id).await?;
    work.commit().await
}
