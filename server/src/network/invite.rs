//! Invitations to take a role.

use chrono::Duration;
use domain::{
    access::Role,
    actor::{Actor, Locale},
    error::{AppError, Conflict},
    fields::Email,
    ids::{AccountId, InvitationId, MunicipalityId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::queries;
use crate::{
    accounts::{queries::by_email, tokens},
    backend::Backend,
    entity::{invitation, municipality, organisation},
    error::{Result, told},
    mail::{Mail, MailKind},
    reviews::queries::names,
    store::{Step, Work},
    throttle::{self, Limit},
};

/// How long an invitation can be used.
const LIFETIME: Duration = Duration::days(14);
/// How long an association has: it may meet once a month.
const ASSOCIATIONS: Duration = Duration::days(45);

/// Invites someone to coordinate a town; an earlier invitation to the same person no longer works.
pub async fn invite(backend: &Backend, actor: &Actor, insee: &str, email: &str) -> Result<()> {
    let account = actor.require_network().map_err(told)?;
    let email = Email::parse(email).map_err(|problem| told(AppError::field("email", problem)))?;
    throttle::take(backend, &format!("mail:{}", email.as_str()), Limit::MAILS).await?;
    let work = Work::begin(backend, actor).await?;
    work.actor.require_network().map_err(told)?;
    let town = queries::by_insee(&work.tx, insee).await?;
    invitation::Entity::update_many()
        .col_expr(invitation::Column::RevokedAt, Expr::value(work.now))
        .filter(invitation::Column::MunicipalityId.eq(town.id))
        .filter(invitation::Column::Email.eq(email.as_str()))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .exec(&work.tx)
        .await?;
    let place = Place { role: Role::Coordinator, town: Some(town.id), organisation: None, lifetime: LIFETIME };
    let (id, token) = keep(&work, account, email.as_str(), place).await?;
    record(&work, id, &town, None, "sent").await?;
    write(&work, account, email.as_str(), &town, &token).await?;
    work.commit().await
}

/// What somebody is invited to be, where, and for how long.
struct Place {
    role: Role,
    town: Option<Uuid>,
    organisation: Option<Uuid>,
    lifetime: Duration,
}

/// Keeps an invitation: its id, and its secret, of which only the hash is kept.
async fn keep(work: &Work, by: AccountId, email: &str, place: Place) -> Result<(Uuid, String)> {
    let (id, token) = (Uuid::now_v7(), tokens::secret());
    invitation::ActiveModel {
        id: Set(id),
        token_hash: Set(tokens::digest(&token)),
        email: Set(email.to_owned()),
        role: Set(place.role.as_str().to_owned()),
        municipality_id: Set(place.town),
        organisation_id: Set(place.organisation),
        invited_by: Set(by.0),
        created_at: Set(work.now),
        expires_at: Set(work.now + place.lifetime),
        accepted_at: Set(None),
        accepted_by: Set(None),
        revoked_at: Set(None),
    }
    .insert(&work.tx)
    .await?;
    Ok((id, token))
}

/// Invites somebody to administer an organisation: the path of the link, for an e-mail.
///
/// # Errors
/// When the database refuses.
pub async fn invite_to_organisation(
    work: &Work,
    by: AccountId,
    email: &str,
    organisation: &organisation::Model,
) -> Result<String> {
    let id = Some(organisation.id);
    let place = Place { role: Role::OrganisationAdmin, town: None, organisation: id, lifetime: ASSOCIATIONS };
    let (id, token) = keep(work, by, email, place).await?;
    let municipality = Some(MunicipalityId(organisation.municipality_id));
    work.record(Step { subject: "invitation", id, municipality, from: None, to: "sent", reason: None }).await?;
    Ok(app::routes::invitation(&token))
}

async fn record(work: &Work, id: Uuid, town: &municipality::Model, from: Option<&str>, to: &str) -> Result<()> {
    let municipality = Some(MunicipalityId(town.id));
    work.record(Step { subject: "invitation", id, municipality, from, to, reason: None }).await
}

/// In the language of the account that has this e-mail; in French to somebody who has none.
async fn write(work: &Work, inviter: AccountId, email: &str, town: &municipality::Model, token: &str) -> Result<()> {
    let inviter = names(&work.tx, vec![inviter.0]).await?.remove(&inviter.0).unwrap_or_default();
    let known = by_email(&work.tx, email).await?;
    let locale = known.and_then(|account| Locale::parse(&account.locale)).unwrap_or_default();
    let facts = [("inviter", inviter.as_str()), ("town", &town.name)];
    let path = app::routes::invitation(token);
    work.mail(email, locale, Mail { kind: MailKind::Invitation, facts: &facts, path: &path }).await
}

/// Takes an invitation back.
pub async fn revoke(backend: &Backend, actor: &Actor, insee: &str, id: InvitationId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    work.actor.require_network().map_err(told)?;
    let town = queries::by_insee(&work.tx, insee).await?;
    let revoked = invitation::Entity::update_many()
        .col_expr(invitation::Column::RevokedAt, Expr::value(work.now))
        .filter(invitation::Column::Id.eq(id.0))
        .filter(invitation::Column::MunicipalityId.eq(town.id))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .exec(&work.tx)
        .await?;
    if revoked.rows_affected == 0 {
        return Err(told(Conflict::NotInThisState));
    }
    record(&work, id.0, &town, Some("sent"), "revoked").await?;
    work.commit().await
}
