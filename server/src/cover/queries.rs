//! Questions about what was asked, and of whom.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{cover::rules::month, ids::AccountId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::{
    entity::{cover_letter, cover_request, slot, volunteer},
    error::Result,
};

/// How long it is known who was asked: longer than any month or slot that it is asked for, and than most people's patience.
const KEPT: TimeDelta = TimeDelta::days(365);

/// What was asked for a slot, newest first.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn of_slot(db: &impl ConnectionTrait, slot: Uuid) -> Result<Vec<cover_request::Model>> {
    Ok(cover_request::Entity::find()
        .filter(cover_request::Column::SlotId.eq(slot))
        .order_by_desc(cover_request::Column::AskedAt)
        .order_by_desc(cover_request::Column::Id)
        .all(db)
        .await?)
}

/// Whether somebody has asked for a slot on a day.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn asked_on(db: &impl ConnectionTrait, slot: Uuid, by: AccountId, day: NaiveDate) -> Result<bool> {
    let asked = cover_request::Entity::find()
        .filter(cover_request::Column::SlotId.eq(slot))
        .filter(cover_request::Column::AskedBy.eq(by.0))
        .filter(cover_request::Column::Day.eq(day));
    Ok(asked.count(db).await? > 0)
}

/// How many e-mails some people got this month.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn this_month(
    db: &impl ConnectionTrait,
    people: &[Uuid],
    now: DateTime<Utc>,
) -> Result<HashMap<Uuid, i32>> {
    let rows: Vec<(Uuid, Option<i32>)> = cover_letter::Entity::find()
        .select_only()
        .column(cover_letter::Column::AccountId)
        .column_as(cover_letter::Column::Nth.max(), "most")
        .filter(cover_letter::Column::AccountId.is_in(people.iter().copied()))
        .filter(cover_letter::Column::Month.eq(month(now)))
        .group_by(cover_letter::Column::AccountId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(who, most)| (who, most.unwrap_or_default())).collect())
}

/// Holds somebody as an ask does: an e-mail that is being written is there to be taken back, or is not written.
///
/// # Errors
/// When the database cannot be reached.
pub async fn hold(tx: &DatabaseTransaction, account: Uuid) -> Result<()> {
    volunteer::Entity::find_by_id(account).lock_exclusive().one(tx).await?;
    Ok(())
}

/// When some people were last asked, whatever for.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn last_asked(
    db: &impl ConnectionTrait,
    people: &[Uuid],
) -> Result<HashMap<Uuid, Option<DateTime<Utc>>>> {
    let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = cover_letter::Entity::find()
        .select_only()
        .column(cover_letter::Column::AccountId)
        .column_as(cover_letter::Column::AskedAt.max(), "last")
        .filter(cover_letter::Column::AccountId.is_in(people.iter().copied()))
        .group_by(cover_letter::Column::AccountId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The missions for which somebody was asked, with a slot that is still to come.
///
/// # Errors
/// When the database cannot be reached.
pub async fn asked_of(db: &impl ConnectionTrait, who: AccountId, now: DateTime<Utc>) -> Result<HashSet<Uuid>> {
    let asked = cover_letter::Entity::find()
        .select_only()
        .column(cover_letter::Column::SlotId)
        .filter(cover_letter::Column::AccountId.eq(who.0))
        .into_query();
    let missions: Vec<Uuid> = slot::Entity::find()
        .select_only()
        .column(slot::Column::MissionId)
        .filter(slot::Column::Id.in_subquery(asked))
        .filter(slot::Column::StartsAt.gt(now))
        .into_tuple()
        .all(db)
        .await?;
    Ok(missions.into_iter().collect())
}

/// Forgets who was asked a year ago, and what.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<()> {
    cover_letter::Entity::delete_many().filter(cover_letter::Column::AskedAt.lte(now - KEPT)).exec(tx).await?;
    cover_request::Entity::delete_many().filter(cover_request::Column::AskedAt.lte(now - KEPT)).exec(tx).await?;
    Ok(())
}
