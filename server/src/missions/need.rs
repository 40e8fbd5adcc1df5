//! How much help is offered and wanted, by domain: four questions whatever the number of missions.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    applications::ApplicationStatus,
    missions::{MissionStatus, Need, need},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

use uuid::Uuid;

use crate::{
    entity::{application, mission, slot},
    error::Result,
};

/// The need of each domain, over the published missions that a condition names.
///
/// # Errors
/// When the database cannot be reached.
pub async fn by_domain(
    db: &impl ConnectionTrait,
    missions: Condition,
    now: DateTime<Utc>,
) -> Result<HashMap<String, Need>> {
    let mut needs: HashMap<String, Need> = HashMap::new();
    for (domain, _, of_part) in places(db, missions.clone(), now).await? {
        let need = needs.entry(domain).or_default();
        (need.places, need.filled) = (need.places + of_part.places, need.filled + of_part.filled);
    }
    let waits = [ApplicationStatus::Pending, ApplicationStatus::Waitlisted, ApplicationStatus::Offered];
    let waiting = application::Column::Status.is_in(waits.map(ApplicationStatus::as_str));
    for (domain, count) in applications(db, missions.clone(), waiting).await? {
        needs.entry(domain).or_default().waiting = number(count);
    }
    let lately = application::Column::CreatedAt.gt(now - need::WINDOW);
    for (domain, count) in applications(db, missions, lately).await? {
        needs.entry(domain).or_default().applications = number(count);
    }
    Ok(needs)
}

fn number(n: i64) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

/// Places taken and in all, by domain and part of the town, in the slots of the next four weeks of the published missions that a
/// condition names.
///
/// # Errors
/// When the database cannot be reached.
pub async fn places(
    db: &impl ConnectionTrait,
    missions: Condition,
    now: DateTime<Utc>,
) -> Result<Vec<(String, Option<Uuid>, Need)>> {
    let of_mission =
        slot::Entity::belongs_to(mission::Entity).from(slot::Column::MissionId).to(mission::Column::Id).into();
    let sum = |column: slot::Column| Expr::col((slot::Entity, column)).sum().cast_as("BIGINT");
    let asked = slot::Entity::find()
        .select_only()
        .column(mission::Column::DomainCode)
        .column(mission::Column::NeighbourhoodId)
        .column_as(sum(slot::Column::Taken), "taken")
        .column_as(sum(slot::Column::Places), "places")
        .join(JoinType::InnerJoin, of_mission)
        .filter(slot::Column::CancelledAt.is_null())
        .filter(super::partners::offered())
        .filter(slot::Column::EndsAt.gt(now))
        .filter(slot::Column::StartsAt.lt(now + need::WINDOW))
        .group_by(mission::Column::NeighbourhoodId);
    let rows: Vec<(String, Option<Uuid>, i64, i64)> = of(asked, missions).into_tuple().all(db).await?;
    let need = |taken, places| Need { places: number(places), filled: number(taken), ..Need::default() };
    Ok(rows.into_iter().map(|(domain, part, taken, places)| (domain, part, need(taken, places))).collect())
}

/// Applications that a condition names, by domain of their mission.
async fn applications(db: &impl ConnectionTrait, missions: Condition, which: Expr) -> Result<Vec<(String, i64)>> {
    let of_mission = application::Entity::belongs_to(mission::Entity)
        .from(application::Column::MissionId)
        .to(mission::Column::Id)
        .into();
    let asked = application::Entity::find()
        .select_only()
        .column(mission::Column::DomainCode)
        .column_as(application::Column::Id.count(), "n")
        .join(JoinType::InnerJoin, of_mission)
        .filter(which);
    Ok(of(asked, missions).into_tuple().all(db).await?)
}

fn of<E: EntityTrait>(asked: Select<E>, missions: Condition) -> Select<E> {
    asked
        .filter(missions)
        .filter(mission::Column::Status.eq(MissionStatus::Published.as_str()))
        .filter(mission::Column::DomainCode.is_not_null())
        .group_by(mission::Column::DomainCode)
}
