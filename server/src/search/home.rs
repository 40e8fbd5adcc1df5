use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{actor::Actor, applications::ApplicationStatus, search::HomePage};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::filters;
use crate::{
    backend::Backend,
    crisis::list as crisis,
    entity::{application, mission, slot},
    error::Result,
    missions::{queries, reference},
    network,
};

/// Missions on the home page.
const NEWEST: u64 = 6;

/// What the first page shows: the newest missions that want somebody, domains, figures, towns.
pub async fn home(backend: &Backend, actor: &Actor) -> Result<HomePage> {
    let db = backend.store.read();
    let now = backend.clock.now();
    let newest = filters::public(now)
        .filter(
            mission::Column::Id.in_subquery(filters::with_slot(filters::slots_after(now).add(filters::has_place()))),
        )
        .order_by_desc(mission::Column::PublishedAt)
        .order_by_desc(mission::Column::Id)
        .limit(NEWEST)
        .all(db)
        .await?;
    let counts = by_domain(db, now).await?;
    let domains = reference::domains(db, false)
        .await?
        .iter()
        .filter(|row| row.vital || row.enabled)
        .map(|row| (reference::term(row, actor.locale), counts.get(&row.code).copied().unwrap_or_default()))
        .collect();
    Ok(HomePage {
        missions: queries::cards(db, actor.locale, newest, now).await?,
        domains,
        banners: crisis::of_towns(db, actor.locale, now, None).await?,
        towns: network::queries::all(db).await?.iter().map(network::queries::town_ref).collect(),
        figures: (
            u32::try_from(filters::public(now).count(db).await?)?,
            places_left(db, now).await?,
            volunteers(db).await?,
        ),
    })
}

async fn by_domain(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<HashMap<String, u32>> {
    let rows: Vec<(Option<String>, i64)> = filters::public(now)
        .select_only()
        .column(mission::Column::DomainCode)
        .column_as(mission::Column::Id.count(), "n")
        .group_by(mission::Column::DomainCode)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(code, n)| Some((code?, u32::try_from(n).ok()?))).collect())
}

/// Places left in the slots to come of what the public finds.
async fn places_left(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u32> {
    let missions = filters::public(now).select_only().column(mission::Column::Id).into_query();
    let left: Option<Option<i64>> = slot::Entity::find()
        .select_only()
        .column_as(Expr::col(slot::Column::Places).sub(Expr::col(slot::Column::Taken)).sum(), "n")
        .filter(filters::slots_after(now))
        .filter(slot::Column::MissionId.in_subquery(missions))
        .into_tuple()
        .one(db)
        .await?;
    Ok(u32::try_from(left.flatten().unwrap_or_default()).unwrap_or_default())
}

/// People who were counted on so far.
async fn volunteers(db: &impl ConnectionTrait) -> Result<u32> {
    let counted = [ApplicationStatus::Accepted, ApplicationStatus::Attended].map(ApplicationStatus::as_str);
    let people: Option<i64> = application::Entity::find()
        .select_only()
        .column_as(Expr::col(application::Column::VolunteerId).count_distinct(), "n")
        .filter(application::Column::Status.is_in(counted))
        .into_tuple()
        .one(db)
        .await?;
    Ok(u32::try_from(people.unwrap_or_default())?)
}
