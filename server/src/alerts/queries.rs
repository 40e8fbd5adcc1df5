//! Questions about saved searches.

use chrono::{DateTime, Utc};
use domain::alerts::{Alert, Pace};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait, Select, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    entity::{alert, alert_mission, mission, municipality},
    error::Result,
    search::filters,
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

/// The missions that a saved search finds and does not know yet.
pub(super) fn unknown(
    db: &impl ConnectionTrait,
    row: &alert::Model,
    towns: &[municipality::Model],
    now: DateTime<Utc>,
) -> Select<mission::Entity> {
    let query = read(row, towns).query();
    let known = alert_mission::Entity::find()
        .select_only()
        .column(alert_mission::Column::MissionId)
        .filter(alert_mission::Column::AlertId.eq(row.id))
        .into_query();
    filters::matching(db.get_database_backend(), &query, towns, now)
        .found
        .filter(mission::Column::Id.not_in_subquery(known))
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

/// Deletes a saved search with what it knows.
///
/// # Errors
/// When the database refuses.
pub(super) async fn delete(tx: &DatabaseTransaction, alert: Uuid) -> Result<()> {
    alert_mission::Entity::delete_many().filter(alert_mission::Column::AlertId.eq(alert)).exec(tx).await?;
    alert::Entity::delete_by_id(alert).exec(tx).await?;
    Ok(())
}
