//! Questions about accounts.

use chrono::{DateTime, Utc};
use domain::{
    accounts::Me,
    actor::{Actor, Grant, Locale},
    ids::{AccountId, MunicipalityId, OrganisationId},
    team::Duty,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use super::tokens;
use crate::{
    entity::{account, municipality, organisation, role_grant, session, volunteer},
    error::Result,
    store::Store,
};

/// What an account may do.
#[derive(Debug, Clone)]
pub struct Known {
    /// Roles, and where.
    pub grants: Vec<Grant>,
    /// Whether there is a volunteer's profile.
    pub volunteer: bool,
    /// The language of the account.
    pub locale: Locale,
}

/// An account by its e-mail.
///
/// # Errors
/// When the database cannot be reached.
pub async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<account::Model>> {
    Ok(account::Entity::find().filter(account::Column::Email.eq(email)).one(db).await?)
}

/// What an account may do; `None` when it is gone or disabled.
///
/// # Errors
/// When the database cannot be reached.
pub async fn grants(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Known>> {
    let Some((account, volunteer)) =
        account::Entity::find_by_id(id.0).find_also_related(volunteer::Entity).one(db).await?
    else {
        return Ok(None);
    };
    if account.disabled_at.is_some() {
        return Ok(None);
    }
    let rows = role_grant::Entity::find().filter(role_grant::Column::AccountId.eq(id.0)).all(db).await?;
    Ok(Some(Known {
        grants: rows.iter().filter_map(grant).collect(),
        volunteer: volunteer.is_some(),
        locale: Locale::parse(&account.locale).unwrap_or_default(),
    }))
}

fn grant(row: &role_grant::Model) -> Option<Grant> {
    match row.role.as_str() {
        "network_admin" => Some(Grant::NetworkAdmin),
        "coordinator" => row.municipality_id.map(|id| Grant::Coordinator(MunicipalityId(id))),
        "organisation_admin" => row.organisation_id.map(|id| Grant::OrganisationAdmin(OrganisationId(id))),
        "organisation_helper" => row.organisation_id.map(|id| Grant::OrganisationHelper(OrganisationId(id))),
        _ => None,
    }
}

/// Where an account is written to: e-mail and language; `None` when it is gone or disabled.
///
/// # Errors
/// When the database cannot be reached.
pub async fn reach(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<(String, Locale)>> {
    let account = account::Entity::find_by_id(id.0).filter(account::Column::DisabledAt.is_null()).one(db).await?;
    Ok(account.map(|account| (account.email, Locale::parse(&account.locale).unwrap_or_default())))
}

/// The accounts that hold a role somewhere.
///
/// # Errors
/// When the database cannot be reached.
pub async fn holders(db: &impl ConnectionTrait, grant: Grant) -> Result<Vec<account::Model>> {
    let held = match grant {
        Grant::NetworkAdmin => role_grant::Column::Role.eq("network_admin"),
        Grant::Coordinator(id) => {
            role_grant::Column::Role.eq("coordinator").and(role_grant::Column::MunicipalityId.eq(id.0))
        }
        Grant::OrganisationAdmin(id) => {
            role_grant::Column::Role.eq("organisation_admin").and(role_grant::Column::OrganisationId.eq(id.0))
        }
        Grant::OrganisationHelper(id) => {
            role_grant::Column::Role.eq("organisation_helper").and(role_grant::Column::OrganisationId.eq(id.0))
        }
    };
    holding(db, held).await
}

/// The accounts that have a duty in an organisation.
///
/// # Errors
/// When the database cannot be reached.
pub async fn with_duty(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    duty: Duty,
) -> Result<Vec<account::Model>> {
    let roles = duty.roles().iter().map(|role| role.as_str());
    let held = role_grant::Column::OrganisationId.eq(organisation.0).and(role_grant::Column::Role.is_in(roles));
    holding(db, held).await
}

/// The accounts of some grants that can be used, by e-mail.
async fn holding(db: &impl ConnectionTrait, held: SimpleExpr) -> Result<Vec<account::Model>> {
    let ids: Vec<_> =
        role_grant::Entity::find().filter(held).all(db).await?.into_iter().map(|row| row.account_id).collect();
    Ok(account::Entity::find()
        .filter(account::Column::Id.is_in(ids))
        .filter(account::Column::DisabledAt.is_null())
        .order_by_asc(account::Column::Email)
        .all(db)
        .await?)
}

/// First and last name.
pub fn full_name(account: &account::Model) -> String {
    format!("{} {}", account.given_name, account.family_name)
}

/// The account of a session's secret, and what it may do; notes now and then that the session is in use.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of_session(store: &Store, token: &str, now: DateTime<Utc>) -> Result<Option<(AccountId, Known)>> {
    let hash = tokens::digest(token);
    let Some(row) = session::Entity::find_by_id(&hash).one(store.read()).await? else { return Ok(None) };
    if row.expires_at <= now || row.last_seen_at + tokens::IDLE <= now {
        return Ok(None);
    }
    if now - row.last_seen_at > chrono::Duration::hours(1) {
        let tx = store.begin().await?;
        session::Entity::update_many()
            .col_expr(session::Column::LastSeenAt, Expr::value(now))
            .filter(session::Column::TokenHash.eq(&hash))
            .exec(&tx)
            .await?;
        tx.commit().await?;
    }
    let account = AccountId(row.account_id);
    Ok(grants(store.read(), account).await?.map(|known| (account, known)))
}

/// The signed-in person, for the frame of pages.
///
/// # Errors
/// When the database cannot be reached.
pub async fn me(db: &DatabaseConnection, actor: &Actor) -> Result<Option<Me>> {
    let Some(id) = actor.account else { return Ok(None) };
    let Some(account) = account::Entity::find_by_id(id.0).one(db).await? else { return Ok(None) };
    let (mut organisations, mut municipalities) = (Vec::new(), Vec::new());
    for grant in &actor.grants {
        match grant {
            Grant::OrganisationAdmin(id) | Grant::OrganisationHelper(id) => organisations.push(id.0),
            Grant::Coordinator(id) => municipalities.push(id.0),
            Grant::NetworkAdmin => {}
        }
    }
    let organisations = if organisations.is_empty() {
        Vec::new()
    } else {
        organisation::Entity::find()
            .filter(organisation::Column::Id.is_in(organisations))
            .order_by_asc(organisation::Column::Name)
            .all(db)
            .await?
    };
    let municipalities = if municipalities.is_empty() {
        Vec::new()
    } else {
        municipality::Entity::find()
            .filter(municipality::Column::Id.is_in(municipalities))
            .order_by_asc(municipality::Column::Name)
            .all(db)
            .await?
    };
    Ok(Some(Me {
        id,
        name: full_name(&account),
        email: account.email,
        email_confirmed: account.email_confirmed_at.is_some(),
        locale: Locale::parse(&account.locale).unwrap_or_default(),
        volunteer: actor.volunteer,
        organisations: organisations.into_iter().map(|row| (OrganisationId(row.id), row.name)).collect(),
        municipalities: municipalities.into_iter().map(|row| (row.insee, row.name)).collect(),
        network: actor.runs_network(),
    }))
}
