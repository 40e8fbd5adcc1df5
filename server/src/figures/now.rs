//! How towns stand now: seven questions whatever their number.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{missions::MissionStatus, network::TownFigures, organisations::OrganisationStatus, reviews::ReviewStatus};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    entity::{application, mission, municipality, organisation, review, role_grant, slot},
    error::Result,
    network::queries::town_ref,
};

type Counts = HashMap<Uuid, u32>;

/// The figures of some towns, in their order.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of(
    db: &impl ConnectionTrait,
    towns: Vec<municipality::Model>,
    now: DateTime<Utc>,
) -> Result<Vec<TownFigures>> {
    let ids: Vec<Uuid> = towns.iter().map(|town| town.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let coordinators = coordinators(db, &ids).await?;
    let organisations = organisations(db, &ids).await?;
    let states = states(db, &ids).await?;
    let waiting = reviews(db, &ids, None).await?;
    let overdue = reviews(db, &ids, Some(now)).await?;
    let places = places(db, &ids, now).await?;
    let applications = applications(db, &ids).await?;
    let of = |counts: &Counts, town: Uuid| counts.get(&town).copied().unwrap_or_default();
    Ok(towns
        .into_iter()
        .map(|town| TownFigures {
            population: u32::try_from(town.population).unwrap_or_default(),
            coordinators: of(&coordinators, town.id),
            organisations: of(&organisations, town.id),
            published: states.get(&(town.id, MissionStatus::Published)).copied().unwrap_or_default(),
            waiting: of(&waiting, town.id),
            overdue: of(&overdue, town.id),
            places: places.get(&town.id).copied().unwrap_or_default(),
            applications: of(&applications, town.id),
            town: town_ref(&town),
        })
        .collect())
}

/// Answers of `SELECT town, COUNT(…) … GROUP BY town`.
async fn count<E: EntityTrait>(db: &impl ConnectionTrait, asked: Select<E>) -> Result<Counts> {
    let rows: Vec<(Uuid, i64)> = asked.into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(town, n)| (town, number(n))).collect())
}

fn number(n: i64) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

async fn coordinators(db: &impl ConnectionTrait, towns: &[Uuid]) -> Result<Counts> {
    let asked = role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::MunicipalityId)
        .column_as(role_grant::Column::Id.count(), "n")
        .filter(role_grant::Column::Role.eq("coordinator"))
        .filter(role_grant::Column::MunicipalityId.is_in(towns.iter().copied()))
        .group_by(role_grant::Column::MunicipalityId);
    count(db, asked).await
}

async fn organisations(db: &impl ConnectionTrait, towns: &[Uuid]) -> Result<Counts> {
    let asked = organisation::Entity::find()
        .select_only()
        .column(organisation::Column::MunicipalityId)
        .column_as(organisation::Column::Id.count(), "n")
        .filter(organisation::Column::Status.eq(OrganisationStatus::Approved.as_str()))
        .filter(organisation::Column::MunicipalityId.is_in(towns.iter().copied()))
        .group_by(organisation::Column::MunicipalityId);
    count(db, asked).await
}

/// The missions of some towns, by state.
///
/// # Errors
/// When the database cannot be reached.
pub async fn states(db: &impl ConnectionTrait, towns: &[Uuid]) -> Result<HashMap<(Uuid, MissionStatus), u32>> {
    let rows: Vec<(Uuid, String, i64)> = mission::Entity::find()
        .select_only()
        .column(mission::Column::MunicipalityId)
        .column(mission::Column::Status)
        .column_as(mission::Column::Id.count(), "n")
        .filter(mission::Column::MunicipalityId.is_in(towns.iter().copied()))
        .group_by(mission::Column::MunicipalityId)
        .group_by(mission::Column::Status)
        .into_tuple()
        .all(db)
        .await?;
    let known =
        rows.into_iter().filter_map(|(town, status, n)| Some(((town, MissionStatus::parse(&status)?), number(n))));
    Ok(known.collect())
}

/// Open reviews; with an instant, those that were due before it.
async fn reviews(db: &impl ConnectionTrait, towns: &[Uuid], due_before: Option<DateTime<Utc>>) -> Result<Counts> {
    let open = ReviewStatus::ALL.iter().filter(|status| status.is_open()).map(|status| status.as_str());
    let mut asked = review::Entity::find()
        .select_only()
        .column(review::Column::MunicipalityId)
        .column_as(review::Column::Id.count(), "n")
        .filter(review::Column::Status.is_in(open))
        .filter(review::Column::MunicipalityId.is_in(towns.iter().copied()))
        .group_by(review::Column::MunicipalityId);
    if let Some(instant) = due_before {
        asked = asked.filter(review::Column::DueAt.lt(instant));
    }
    count(db, asked).await
}

/// Places taken and places in all, over the slots to come of published missions.
async fn places(db: &impl ConnectionTrait, towns: &[Uuid], now: DateTime<Utc>) -> Result<HashMap<Uuid, (u32, u32)>> {
    let of_mission =
        slot::Entity::belongs_to(mission::Entity).from(slot::Column::MissionId).to(mission::Column::Id).into();
    let sum = |column: slot::Column| Expr::col((slot::Entity, column)).sum().cast_as("BIGINT");
    let rows: Vec<(Uuid, i64, i64)> = slot::Entity::find()
        .select_only()
        .column(mission::Column::MunicipalityId)
        .column_as(sum(slot::Column::Taken), "taken")
        .column_as(sum(slot::Column::Places), "places")
        .join(JoinType::InnerJoin, of_mission)
        .filter(mission::Column::Status.eq(MissionStatus::Published.as_str()))
        .filter(mission::Column::MunicipalityId.is_in(towns.iter().copied()))
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::EndsAt.gt(now))
        .group_by(mission::Column::MunicipalityId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(town, taken, places)| (town, (number(taken), number(places)))).collect())
}

async fn applications(db: &impl ConnectionTrait, towns: &[Uuid]) -> Result<Counts> {
    let of_mission = application::Entity::belongs_to(mission::Entity)
        .from(application::Column::MissionId)
        .to(mission::Column::Id)
        .into();
    let asked = application::Entity::find()
        .select_only()
        .column(mission::Column::MunicipalityId)
        .column_as(application::Column::Id.count(), "n")
        .join(JoinType::InnerJoin, of_mission)
        .filter(mission::Column::MunicipalityId.is_in(towns.iter().copied()))
        .group_by(mission::Column::MunicipalityId);
    count(db, asked).await
}
