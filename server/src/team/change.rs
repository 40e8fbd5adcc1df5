//! Roles, and who goes. An organisation always keeps an admin: the rule is asked of a team that is held.

use domain::{
    access::Role,
    actor::Actor,
    error::AppError,
    ids::{AccountId, OrganisationId},
    team::{self, Change, Duty},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    queries::{Held, hold},
    tell,
};
use crate::{
    backend::Backend,
    entity::role_grant,
    error::{Result, told},
    mail::MailKind,
    network::invite::{self, Place},
    store::Work,
};

/// Gives a colleague another role; oneself too, where another admin stays.
pub async fn role(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    colleague: AccountId,
    typed: &str,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let held = hold(&work, organisation, Duty::Team).await?;
    held.colleague(colleague)?;
    let role = team::role(typed).map_err(|problem| told(AppError::field("role", problem)))?;
    give(&work, &held, colleague, role).await?;
    work.commit().await
}

/// Writes a role down and tells whom it was given to; nothing where they have it.
async fn give(work: &Work, held: &Held, who: AccountId, role: Role) -> Result<()> {
    let colleague = held.colleague(who)?;
    let before = colleague.role();
    if before == role {
        return Ok(());
    }
    team::after(&held.members(), who, Change::Role(role)).map_err(told)?;
    role_grant::Entity::update_many()
        .col_expr(role_grant::Column::Role, Expr::value(role.as_str()))
        .col_expr(role_grant::Column::GrantedBy, Expr::value(held.me.0))
        .col_expr(role_grant::Column::GrantedAt, Expr::value(work.now))
        .filter(role_grant::Column::Id.eq(colleague.grant.id))
        .exec(&work.tx)
        .await?;
    held.record(work, who, Some(before.as_str()), role.as_str()).await?;
    if role != Role::OrganisationAdmin {
        invite::take_back_all(work, Place::organisation(&held.organisation), who).await?;
    }
    if who == held.me {
        return Ok(());
    }
    tell::of_it(work, held, &colleague.account, MailKind::TeamRole, role).await
}

/// Takes a colleague out of the team.
pub async fn remove(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    colleague: AccountId,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let held = hold(&work, organisation, Duty::Team).await?;
    let gone = held.colleague(colleague)?;
    if colleague == held.me {
        // Leaving is another act, which says so.
        return Err(told(AppError::NotFound));
    }
    team::after(&held.members(), colleague, Change::Out).map_err(told)?;
    out(&work, &held, colleague, "removed").await?;
    tell::of_it(&work, &held, &gone.account, MailKind::TeamRemoved, gone.role()).await?;
    work.commit().await
}

/// Leaves; where one hands over, a colleague is made an admin first, which only an admin does.
pub async fn leave(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    successor: Option<AccountId>,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let duty = if successor.is_some() { Duty::Team } else { Duty::See };
    let mut held = hold(&work, organisation, duty).await?;
    if let Some(successor) = successor {
        if successor == held.me {
            return Err(told(AppError::NotFound));
        }
        give(&work, &held, successor, Role::OrganisationAdmin).await?;
        held.colleagues = super::queries::of(&work.tx, organisation).await?;
    }
    team::after(&held.members(), held.me, Change::Out).map_err(told)?;
    out(&work, &held, held.me, "left").await?;
    tell::admins(&work, &held, held.me, MailKind::TeamLeft).await?;
    work.commit().await
}

async fn out(work: &Work, held: &Held, who: AccountId, how: &str) -> Result<()> {
    let colleague = held.colleague(who)?;
    invite::take_back_all(work, Place::organisation(&held.organisation), who).await?;
    role_grant::Entity::delete_by_id(colleague.grant.id).exec(&work.tx).await?;
    held.record(work, who, Some(colleague.role().as_str()), how).await
}
