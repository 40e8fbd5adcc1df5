//! A guardian's consent for somebody under 18: asked by a secret link, given, refused or withdrawn there. It changes only while
//! its application is held.

mod answer;
mod ask;
mod show;
mod spare;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::applications::{ConsentStatus, rules};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use crate::{
    entity::{application_slot, guardian_consent, slot},
    error::Result,
    store::Work,
};

pub use answer::answer;
pub use ask::{address, ask, ask_again};
pub use show::{own, page};
pub use spare::{spare, turn};

/// The subject of its lines in the history; their id is the application's.
const SUBJECT: &str = "guardian_consent";

/// Where consent stands.
pub fn status(row: &guardian_consent::Model) -> ConsentStatus {
    ConsentStatus::parse(&row.status).unwrap_or(ConsentStatus::Asked)
}

/// Whether somebody is under 18 on the day of one of these slots.
pub fn is_minor(birth: NaiveDate, slots: &[slot::Model]) -> bool {
    slots.iter().any(|slot| rules::needs_guardian(birth, slot.starts_at))
}

/// What was asked of guardians, by application.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of(db: &impl ConnectionTrait, applications: Vec<Uuid>) -> Result<HashMap<Uuid, guardian_consent::Model>> {
    let rows = guardian_consent::Entity::find()
        .filter(guardian_consent::Column::ApplicationId.is_in(applications))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.application_id, row)).collect())
}

async fn stands(db: &impl ConnectionTrait, application: Uuid) -> Result<Option<ConsentStatus>> {
    Ok(guardian_consent::Entity::find_by_id(application).one(db).await?.map(|row| status(&row)))
}

/// Whether a guardian was asked and has not answered: the organisation was told nothing yet.
///
/// # Errors
/// When the database cannot be reached.
pub async fn is_awaited(db: &impl ConnectionTrait, application: Uuid) -> Result<bool> {
    Ok(stands(db, application).await? == Some(ConsentStatus::Asked))
}

/// The applications for which a guardian was asked and has not answered: there is nothing to answer yet.
pub fn awaited() -> SelectStatement {
    guardian_consent::Entity::find()
        .select_only()
        .column(guardian_consent::Column::ApplicationId)
        .filter(guardian_consent::Column::Status.eq(ConsentStatus::Asked.as_str()))
        .into_query()
}

/// Whether a guardian's consent stands between somebody and these slots.
///
/// # Errors
/// When the database cannot be reached.
pub async fn is_missing(
    db: &impl ConnectionTrait,
    application: Uuid,
    birth: NaiveDate,
    slots: &[slot::Model],
) -> Result<bool> {
    Ok(is_minor(birth, slots) && stands(db, application).await? != Some(ConsentStatus::Given))
}

/// Deletes the address of the guardian of an application that is over. That they consented, and when, stays in the history.
///
/// # Errors
/// When the database refuses.
pub async fn forget_address(work: &Work, application: Uuid) -> Result<()> {
    guardian_consent::Entity::update_many()
        .col_expr(guardian_consent::Column::Email, Expr::value(Option::<String>::None))
        .filter(guardian_consent::Column::ApplicationId.eq(application))
        .filter(guardian_consent::Column::Email.is_not_null())
        .exec(&work.tx)
        .await?;
    Ok(())
}

/// Deletes the addresses of guardians of applications whose last slot has ended.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<()> {
    let to_come =
        slot::Entity::find().select_only().column(slot::Column::Id).filter(slot::Column::EndsAt.gt(now)).into_query();
    let expected = application_slot::Entity::find()
        .select_only()
        .column(application_slot::Column::ApplicationId)
        .filter(application_slot::Column::SlotId.in_subquery(to_come))
        .into_query();
    guardian_consent::Entity::update_many()
        .col_expr(guardian_consent::Column::Email, Expr::value(Option::<String>::None))
        .filter(guardian_consent::Column::Email.is_not_null())
        .filter(guardian_consent::Column::ApplicationId.not_in_subquery(expected))
        .exec(tx)
        .await?;
    Ok(())
}
