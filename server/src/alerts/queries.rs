//! Questions about saved searches.

use chrono::{DateTime, Utc};
use domain::{
    alerts::{Alert, Pace},
    missions::MissionStatus,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{OnConflict, SelectStatement},
};
use uuid::Uuid;

use crate::{
    entity::{alert, alert_mission, alert_told, mission, municipality, outbox},
    error::Result,
    search::filters::{self, Matching},
};

/// Rows a statement.
const CHUNK: usize = 500;

/// A row as the rules know it.
pub(super) fn read(row: &alert::Model, towns: &[municipality::Model]) -> Alert {
    let town = row.municipality_id.and_then(|id| towns.iter().find(|town| town.id == id));
    Alert {
        words: row.words.clone(),
        domain: row.domain_code.clone(),
        town: town.map(|town| town.insee.clone()),
        from: row.from_day,
        remote: row.remote,
        pace: Pace::parse(&row.pace).unwrap_or(Pace::Weekly),
    }
}

/// The missions that a saved search finds and does not know yet, and of which no other search of the same person has told.
pub(super) fn unknown(
    db: &impl ConnectionTrait,
    row: &alert::Model,
    towns: &[municipality::Model],
    now: DateTime<Utc>,
) -> Matching {
    let query = read(row, towns).query();
    let known = alert_mission::Entity::find()
        .select_only()
        .column(alert_mission::Column::MissionId)
        .filter(alert_mission::Column::AlertId.eq(row.id))
        .into_query();
    let told = alert_told::Entity::find()
        .select_only()
        .column(alert_told::Column::MissionId)
        .filter(alert_told::Column::AccountId.eq(row.account_id))
        .into_query();
    let mut matching = filters::matching(db.get_database_backend(), &query, towns, now);
    matching.found = matching
        .found
        .filter(mission::Column::Id.not_in_subquery(known))
        .filter(mission::Column::Id.not_in_subquery(told));
    matching
}

/// Of some missions, those of which no search has told this person yet, in their order; and notes that they are told now. The
/// caller holds the account, so that two searches of one person do not tell of the same one.
///
/// # Errors
/// When the database refuses.
pub(super) async fn tell_once(
    tx: &DatabaseTransaction,
    account: Uuid,
    missions: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    let told: Vec<Uuid> = alert_told::Entity::find()
        .select_only()
        .column(alert_told::Column::MissionId)
        .filter(alert_told::Column::AccountId.eq(account))
        .filter(alert_told::Column::MissionId.is_in(missions.iter().copied()))
        .into_tuple()
        .all(tx)
        .await?;
    let fresh: Vec<Uuid> = missions.iter().copied().filter(|mission| !told.contains(mission)).collect();
    let mut rows: Vec<Uuid> = fresh.clone();
    rows.sort_unstable();
    for chunk in rows.chunks(CHUNK) {
        let rows = chunk.iter().map(|mission| alert_told::ActiveModel {
            account_id: Set(account),
            mission_id: Set(*mission),
            told_at: Set(now),
        });
        alert_told::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(fresh)
}

/// Notes that a saved search knows some missions.
///
/// # Errors
/// When the database refuses.
pub(super) async fn note(tx: &DatabaseTransaction, alert: Uuid, missions: &[Uuid]) -> Result<()> {
    // In the order of ids, in which everybody holds missions.
    let mut missions = missions.to_vec();
    missions.sort_unstable();
    for chunk in missions.chunks(CHUNK) {
        let known = |mission: &Uuid| alert_mission::ActiveModel { alert_id: Set(alert), mission_id: Set(*mission) };
        let rows = chunk.iter().map(known);
        let once = OnConflict::columns([alert_mission::Column::AlertId, alert_mission::Column::MissionId])
            .do_nothing()
            .to_owned();
        alert_mission::Entity::insert_many(rows).on_conflict(once).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Deletes a saved search with what it knows; with the last one of a person, what they were told of goes too.
///
/// # Errors
/// When the database refuses.
pub(super) async fn delete(tx: &DatabaseTransaction, row: &alert::Model) -> Result<()> {
    alert_mission::Entity::delete_many().filter(alert_mission::Column::AlertId.eq(row.id)).exec(tx).await?;
    alert::Entity::delete_by_id(row.id).exec(tx).await?;
    // What it wrote and what has not left, does not leave.
    outbox::Entity::delete_many()
        .filter(outbox::Column::SentAt.is_null())
        .filter(outbox::Column::Unsubscribe.ends_with(app::routes::stop_alert_at_once(&row.secret)))
        .exec(tx)
        .await?;
    let others = alert::Entity::find().select_only().column(alert::Column::AccountId).into_query();
    alert_told::Entity::delete_many()
        .filter(alert_told::Column::AccountId.eq(row.account_id))
        .filter(alert_told::Column::AccountId.not_in_subquery(others))
        .exec(tx)
        .await?;
    Ok(())
}

/// Missions of which nothing more will be told: over or given up, or whose last slot has ended.
fn ended(now: DateTime<Utc>) -> SelectStatement {
    let over = [MissionStatus::Closed, MissionStatus::Cancelled, MissionStatus::Refused].map(MissionStatus::as_str);
    mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(Condition::any().add(mission::Column::Status.is_in(over)).add(mission::Column::EndsAt.lte(now)))
        .into_query()
}

/// Of the missions that somebody knows or was told of, some of those that ended.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn ended_and_known(db: &impl ConnectionTrait, now: DateTime<Utc>, most: u64) -> Result<Vec<Uuid>> {
    let known: Vec<Uuid> = alert_mission::Entity::find()
        .select_only()
        .column(alert_mission::Column::MissionId)
        .distinct()
        .filter(alert_mission::Column::MissionId.in_subquery(ended(now)))
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    let told: Vec<Uuid> = alert_told::Entity::find()
        .select_only()
        .column(alert_told::Column::MissionId)
        .distinct()
        .filter(alert_told::Column::MissionId.in_subquery(ended(now)))
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    Ok(known.into_iter().chain(told).collect())
}

/// Forgets who knows some missions, and who was told of them.
///
/// # Errors
/// When the database refuses.
pub(super) async fn forget(tx: &DatabaseTransaction, missions: &[Uuid]) -> Result<u64> {
    let known = alert_mission::Entity::delete_many()
        .filter(alert_mission::Column::MissionId.is_in(missions.iter().copied()))
        .exec(tx)
        .await?;
    let told = alert_told::Entity::delete_many()
        .filter(alert_told::Column::MissionId.is_in(missions.iter().copied()))
        .exec(tx)
        .await?;
    Ok(known.rows_affected + told.rows_affected)
}
