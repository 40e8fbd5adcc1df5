use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    accounts::{NewSession, password},
    actor::Actor,
    error::{AppError, Conflict, FieldErrors, Problem},
    fields::PersonName,
    ids::{AccountId, MunicipalityId, OrganisationId},
    network::InvitationPage,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::queries;
use crate::{
    accounts::{queries::by_email, tokens},
    backend::Backend,
    entity::{account, invitation, organisation, role_grant, session},
    error::{Result, Told, told},
    organisations::queries as organisations,
    passwords,
    reviews::queries::names,
    store::{Step, Work},
    team,
    throttle::{self, Limit},
};

/// The roles that one is invited to.
const ROLES: [Role; 3] = [Role::Coordinator, Role::OrganisationAdmin, Role::OrganisationHelper];

/// What somebody without an account gives.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// The password of the new account.
    pub password: String,
}

/// A newcomer's answers, read.
struct Person {
    given_name: PersonName,
    family_name: PersonName,
    password_hash: String,
}

/// What the link of an invitation shows, while it can be used.
pub async fn page(backend: &Backend, token: &str) -> Result<InvitationPage> {
    let db = backend.store.read();
    let row = usable(db, token, backend.clock.now()).await?;
    let (organisation, town) = place(db, &row).await?;
    let town = queries::by_id(db, town).await?;
    let known = by_email(db, &row.email).await?;
    Ok(InvitationPage {
        organisation: organisation.map(|row| (OrganisationId(row.id), row.name)),
        helper: row.role == Role::OrganisationHelper.as_str(),
        has_account: known.is_some_and(|account| is_proved(&account)),
        invited_by: names(db, vec![row.invited_by]).await?.remove(&row.invited_by).unwrap_or_default(),
        email: row.email,
        town: queries::town_ref(&town),
    })
}

/// An account whose e-mail was never proved may be anybody's: only the link proves it, so it is made anew.
const fn is_proved(account: &account::Model) -> bool {
    account.email_confirmed_at.is_some()
}

async fn usable(db: &impl ConnectionTrait, token: &str, now: DateTime<Utc>) -> Result<invitation::Model> {
    invitation::Entity::find()
        .filter(invitation::Column::TokenHash.eq(tokens::digest(token)))
        .filter(invitation::Column::Role.is_in(ROLES.map(Role::as_str)))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(now))
        .one(db)
        .await?
        .ok_or_else(|| told(Conflict::LinkExpired))
}

/// The organisation that one is invited to, if it is one, and the town.
async fn place(
    db: &impl ConnectionTrait,
    row: &invitation::Model,
) -> Result<(Option<organisation::Model>, MunicipalityId)> {
    let expired = || told(Conflict::LinkExpired);
    match (row.organisation_id, row.municipality_id) {
        (Some(id), _) => {
            let found = organisation::Entity::find_by_id(id).one(db).await?.ok_or_else(expired)?;
            let town = MunicipalityId(found.municipality_id);
            Ok((Some(found), town))
        }
        (None, Some(town)) => Ok((None, MunicipalityId(town))),
        (None, None) => Err(expired()),
    }
}

/// Accepts an invitation, once. The account of its e-mail must be the one that accepts; without one, it is made here.
pub async fn accept(backend: &Backend, actor: &Actor, token: &str, newcomer: Newcomer) -> Result<Option<NewSession>> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    let db = backend.store.read();
    let asked = usable(db, token, backend.clock.now()).await?;
    let known = by_email(db, &asked.email).await?;
    let person = match known.filter(is_proved) {
        Some(_) => None,
        None => Some(read(backend, &asked.email, newcomer).await?),
    };
    let mut work = Work::begin(backend, actor).await?;
    let row = usable(&work.tx, token, work.now).await?;
    let (organisation, town) = place(&work.tx, &row).await?;
    if let Some(organisation) = &organisation {
        // Before the invitation, as whoever invites or takes back does.
        organisations::locked(&work.tx, OrganisationId(organisation.id)).await?;
    }
    let known = by_email(&work.tx, &row.email).await?;
    let (account, session) = match (known, person) {
        (Some(known), _) if is_proved(&known) => (same_person(actor, &known)?, None),
        (_, None) => return Err(told(Conflict::ChangedMeanwhile)),
        (known, Some(person)) => {
            let account = make(&mut work, &row.email, known, person).await?;
            (account, Some(tokens::open_session(&work.tx, account, work.now).await?))
        }
    };
    redeem(&work, &row, account).await?;
    match organisation {
        Some(organisation) => team::join::join(&work, account, &row, OrganisationId(organisation.id)).await?,
        None => grant(&work, account, &row).await?,
    }
    let step = Step {
        subject: "invitation",
        id: row.id,
        municipality: Some(town),
        from: Some("sent"),
        to: "accepted",
        reason: None,
    };
    work.record(step).await?;
    work.commit().await?;
    Ok(session)
}

fn same_person(actor: &Actor, known: &account::Model) -> Result<AccountId> {
    match actor.account {
        _ if known.disabled_at.is_some() => Err(told(Conflict::LinkExpired)),
        None => Err(told(AppError::SignInFirst)),
        Some(account) if account.0 == known.id => Ok(account),
        Some(_) => Err(told(AppError::Denied)),
    }
}

/// The rules of a registration.
async fn read(backend: &Backend, email: &str, newcomer: Newcomer) -> Result<Person> {
    let mut errors = FieldErrors::default();
    let given_name = errors.take("given_name", PersonName::parse(&newcomer.given_name));
    let family_name = errors.take("family_name", PersonName::parse(&newcomer.family_name));
    let local = email.split('@').next().unwrap_or_default();
    let context = [newcomer.given_name.as_str(), &newcomer.family_name, local, "renfort"];
    errors.take("password", password::check(&newcomer.password, &context, passwords::is_common));
    errors.into_result().told()?;
    let (Some(given_name), Some(family_name)) = (given_name, family_name) else {
        return Err(told(AppError::field("given_name", Problem::Required)));
    };
    Ok(Person { given_name, family_name, password_hash: backend.passwords.hash(&newcomer.password).await? })
}

/// Makes the account, or makes anew one whose e-mail nobody had proved: the link proves it. From here on the newcomer acts.
async fn make(work: &mut Work, email: &str, known: Option<account::Model>, person: Person) -> Result<AccountId> {
    let id = AccountId(known.as_ref().map_or_else(Uuid::now_v7, |known| known.id));
    match known {
        Some(known) if known.disabled_at.is_some() => return Err(told(Conflict::LinkExpired)),
        Some(known) => {
            let mut row = known.into_active_model();
            row.given_name = Set(person.given_name.into());
            row.family_name = Set(person.family_name.into());
            row.password_hash = Set(person.password_hash);
            row.email_confirmed_at = Set(Some(work.now));
            row.update(&work.tx).await?;
            session::Entity::delete_many().filter(session::Column::AccountId.eq(id.0)).exec(&work.tx).await?;
        }
        None => {
            account::ActiveModel {
                id: Set(id.0),
                email: Set(email.to_owned()),
                given_name: Set(person.given_name.into()),
                family_name: Set(person.family_name.into()),
                locale: Set(work.actor.locale.as_str().to_owned()),
                password_hash: Set(person.password_hash),
                email_confirmed_at: Set(Some(work.now)),
                created_at: Set(work.now),
                last_seen_at: Set(None),
                disabled_at: Set(None),
            }
            .insert(&work.tx)
            .await?;
        }
    }
    work.actor.account = Some(id);
    let step = Step { subject: "account", id: id.0, municipality: None, from: None, to: "confirmed", reason: None };
    work.record(step).await?;
    Ok(id)
}

/// The condition is part of the write: of two that accept at once, one does.
async fn redeem(work: &Work, row: &invitation::Model, account: AccountId) -> Result<()> {
    let used = invitation::Entity::update_many()
        .col_expr(invitation::Column::AcceptedAt, Expr::value(work.now))
        .col_expr(invitation::Column::AcceptedBy, Expr::value(account.0))
        .filter(invitation::Column::Id.eq(row.id))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(work.now))
        .exec(&work.tx)
        .await?;
    if used.rows_affected == 0 { Err(told(Conflict::LinkExpired)) } else { Ok(()) }
}

/// Somebody who has the role already keeps it.
///
/// # Errors
/// When the database refuses.
pub async fn grant(work: &Work, account: AccountId, invited: &invitation::Model) -> Result<()> {
    let scope = invited.municipality_id.or(invited.organisation_id).map(|id| id.to_string()).unwrap_or_default();
    let row = role_grant::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account.0),
        role: Set(invited.role.clone()),
        municipality_id: Set(invited.municipality_id),
        organisation_id: Set(invited.organisation_id),
        granted_by: Set(Some(invited.invited_by)),
        granted_at: Set(work.now),
        scope: Set(scope),
    };
    let once =
        OnConflict::columns([role_grant::Column::AccountId, role_grant::Column::Role, role_grant::Column::Scope])
            .do_nothing()
            .to_owned();
    role_grant::Entity::insert(row).on_conflict(once).exec_without_returning(&work.tx).await?;
    Ok(())
}
