//! Joining a team, by an invitation that was accepted.

use domain::{
    access::Role,
    ids::{AccountId, OrganisationId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    queries::{Held, of},
    tell,
};
use crate::{
    entity::{invitation, role_grant},
    error::Result,
    mail::MailKind,
    network::grant,
    organisations::queries as organisations,
    store::Work,
};

/// Takes the role one was invited to. Whoever has it, or more, keeps what they have.
///
/// # Errors
/// When the database refuses.
pub async fn join(work: &Work, me: AccountId, invited: &invitation::Model, id: OrganisationId) -> Result<()> {
    let organisation = organisations::locked(&work.tx, id).await?;
    let colleagues = of(&work.tx, id).await?;
    let before = colleagues.iter().find(|colleague| colleague.id() == me);
    let rises = invited.role == Role::OrganisationAdmin.as_str();
    match before {
        Some(known) if !rises || known.role() == Role::OrganisationAdmin => return Ok(()),
        Some(known) => {
            role_grant::Entity::update_many()
                .col_expr(role_grant::Column::Role, Expr::value(invited.role.as_str()))
                .col_expr(role_grant::Column::GrantedBy, Expr::value(invited.invited_by))
                .col_expr(role_grant::Column::GrantedAt, Expr::value(work.now))
                .filter(role_grant::Column::Id.eq(known.grant.id))
                .exec(&work.tx)
                .await?;
        }
        None => grant(work, me, invited).await?,
    }
    let from = before.map(|known| known.role().as_str());
    let held = Held { organisation, colleagues: of(&work.tx, id).await?, me };
    held.record(work, me, from, &invited.role).await?;
    tell::admins(work, &held, me, MailKind::TeamJoined).await
}
