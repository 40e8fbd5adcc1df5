//! Invitations to take a role: in a town's coordination, in an organisation. One use case for all of them.

use chrono::{DateTime, Duration, Utc};
use domain::{
    access::Role,
    actor::{Actor, Locale},
    error::{AppError, Conflict},
    fields::Email,
    ids::{AccountId, InvitationId, MunicipalityId},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, SimpleExpr},
};
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
/// How long an association has that the town invites: it may meet once a month.
const ASSOCIATIONS: Duration = Duration::days(45);

/// Where one is invited: a town's coordination, or an organisation.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The tenant.
    town: Uuid,
    organisation: Option<Uuid>,
}

impl Place {
    /// The coordination of a town.
    pub const fn town(town: &municipality::Model) -> Self {
        Self { town: town.id, organisation: None }
    }

    /// The team of an organisation.
    pub const fn organisation(organisation: &organisation::Model) -> Self {
        Self { town: organisation.municipality_id, organisation: Some(organisation.id) }
    }

    /// The invitations to it.
    fn here(self) -> SimpleExpr {
        match self.organisation {
            Some(id) => invitation::Column::OrganisationId.eq(id),
            None => invitation::Column::MunicipalityId.eq(self.town),
        }
    }
}

/// Invites someone to coordinate a town; an earlier invitation to the same person no longer works.
pub async fn invite(backend: &Backend, actor: &Actor, insee: &str, email: &str) -> Result<()> {
    let account = actor.require_network().map_err(told)?;
    let email = read(backend, email).await?;
    let work = Work::begin(backend, actor).await?;
    work.actor.require_network().map_err(told)?;
    let town = queries::by_insee(&work.tx, insee).await?;
    let path = send(&work, account, email.as_str(), Place::town(&town), Role::Coordinator).await?;
    let (inviter, locale) = words(&work, account, email.as_str()).await?;
    let facts = [("inviter", inviter.as_str()), ("town", &town.name)];
    work.mail(email.as_str(), locale, Mail { kind: MailKind::Invitation, facts: &facts, path: &path }).await?;
    work.commit().await
}

/// The e-mail that somebody typed to invite it, as often as one may write to it.
///
/// # Errors
/// What is wrong with the field `email`; `TooMany`.
pub async fn read(backend: &Backend, typed: &str) -> Result<Email> {
    let email = Email::parse(typed).map_err(|problem| told(AppError::field("email", problem)))?;
    throttle::take(backend, &format!("mail:{}", email.as_str()), Limit::MAILS).await?;
    Ok(email)
}

/// Keeps an invitation in place of those that wait for the same person there: the path of its link, for an e-mail. Only the
/// hash of its secret is kept.
///
/// # Errors
/// When the database refuses.
pub async fn send(work: &Work, by: AccountId, email: &str, place: Place, role: Role) -> Result<String> {
    keep(work, by, email, place, (role, LIFETIME)).await
}

async fn keep(
    work: &Work,
    by: AccountId,
    email: &str,
    place: Place,
    (role, lifetime): (Role, Duration),
) -> Result<String> {
    revoke_where(work, place, invitation::Column::Email.eq(email)).await?;
    let (id, token) = (Uuid::now_v7(), tokens::secret());
    invitation::ActiveModel {
        id: Set(id),
        token_hash: Set(tokens::digest(&token)),
        email: Set(email.to_owned()),
        role: Set(role.as_str().to_owned()),
        municipality_id: Set(place.organisation.is_none().then_some(place.town)),
        organisation_id: Set(place.organisation),
        invited_by: Set(by.0),
        created_at: Set(work.now),
        expires_at: Set(work.now + lifetime),
        accepted_at: Set(None),
        accepted_by: Set(None),
        revoked_at: Set(None),
    }
    .insert(&work.tx)
    .await?;
    record(work, id, place, None, "sent").await?;
    Ok(app::routes::invitation(&token))
}

/// Invites somebody to administer an organisation that nobody acts for: the path of the link, for an e-mail.
///
/// # Errors
/// When the database refuses.
pub async fn invite_to_organisation(
    work: &Work,
    by: AccountId,
    email: &str,
    organisation: &organisation::Model,
) -> Result<String> {
    keep(work, by, email, Place::organisation(organisation), (Role::OrganisationAdmin, ASSOCIATIONS)).await
}

/// Who invites, by name, and the language of whom: that of the account that has this e-mail, French to somebody who has none.
///
/// # Errors
/// When the database cannot be reached.
pub async fn words(work: &Work, inviter: AccountId, email: &str) -> Result<(String, Locale)> {
    let inviter = names(&work.tx, vec![inviter.0]).await?.remove(&inviter.0).unwrap_or_default();
    let known = by_email(&work.tx, email).await?;
    Ok((inviter, known.and_then(|account| Locale::parse(&account.locale)).unwrap_or_default()))
}

async fn record(work: &Work, id: Uuid, place: Place, from: Option<&str>, to: &str) -> Result<()> {
    let municipality = Some(MunicipalityId(place.town));
    work.record(Step { subject: "invitation", id, municipality, from, to, reason: None }).await
}

/// Revokes what nobody accepted nor revoked: how many.
///
/// # Errors
/// When the database refuses.
pub(super) async fn revoke_where(work: &Work, place: Place, which: SimpleExpr) -> Result<u64> {
    let revoked = invitation::Entity::update_many()
        .col_expr(invitation::Column::RevokedAt, Expr::value(work.now))
        .filter(place.here())
        .filter(which)
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .exec(&work.tx)
        .await?;
    Ok(revoked.rows_affected)
}

/// Takes an invitation back.
///
/// # Errors
/// `NotInThisState` when it is not one that waits there.
pub async fn take_back(work: &Work, place: Place, id: InvitationId) -> Result<()> {
    if revoke_where(work, place, invitation::Column::Id.eq(id.0)).await? == 0 {
        return Err(told(Conflict::NotInThisState));
    }
    record(work, id.0, place, Some("sent"), "revoked").await
}

/// Takes back what somebody sent who may invite no more: nobody comes in, or back, by it.
///
/// # Errors
/// When the database refuses.
pub async fn take_back_all(work: &Work, place: Place, by: AccountId) -> Result<()> {
    let sent = waiting(&work.tx, place, work.now).await?;
    for row in sent.into_iter().filter(|row| row.invited_by == by.0) {
        take_back(work, place, InvitationId(row.id)).await?;
    }
    Ok(())
}

/// Takes an invitation to coordinate a town back.
pub async fn revoke(backend: &Backend, actor: &Actor, insee: &str, id: InvitationId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    work.actor.require_network().map_err(told)?;
    let town = queries::by_insee(&work.tx, insee).await?;
    take_back(&work, Place::town(&town), id).await?;
    work.commit().await
}

/// The invitations to a place that nobody accepted nor took back and whose link works after this instant, the oldest first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn waiting(db: &impl ConnectionTrait, place: Place, after: DateTime<Utc>) -> Result<Vec<invitation::Model>> {
    Ok(invitation::Entity::find()
        .filter(place.here())
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(after))
        .order_by_asc(invitation::Column::CreatedAt)
        .all(db)
        .await?)
}
