//! Waiting lists: a place that comes free is held for the first in the queue, then for the next. Whoever gives a place back
//! serves the queue in the same transaction, so that no place stays free while somebody waits who may come.

mod answer;
pub mod jobs;
mod places;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    applications::{ApplicationAction, ApplicationStatus},
    error::AppError,
    missions::{MissionStatus, SlotKind},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::queries;
use crate::{
    crisis::queries as crisis,
    entity::{application, application_slot, mission, slot},
    error::{Result, told},
    missions::{partners, queries as missions},
    store::Work,
};

pub use answer::{answer, offered};
pub use places::{goes_first, hold_anew, hold_lists, joined, places_under, serve};

/// The instant until which somebody can still be of use: the beginning of a dated slot, the end of an open period.
pub fn last_call(slot: &slot::Model) -> DateTime<Utc> {
    if slot.kind == SlotKind::Dated.as_str() { slot.starts_at } else { slot.ends_at }
}

/// The applications that name one of some slots and stand so.
fn naming_any(slots: Vec<Uuid>, status: ApplicationStatus) -> Select<application::Entity> {
    let named = application_slot::Entity::find()
        .select_only()
        .column(application_slot::Column::ApplicationId)
        .filter(application_slot::Column::SlotId.is_in(slots))
        .into_query();
    application::Entity::find()
        .filter(application::Column::Status.eq(status.as_str()))
        .filter(application::Column::Id.in_subquery(named))
}

/// Those who wait for a slot, in their order.
fn queue(slot: Uuid) -> Select<application::Entity> {
    naming_any(vec![slot], ApplicationStatus::Waitlisted)
        .order_by_asc(application::Column::CreatedAt)
        .order_by_asc(application::Column::Id)
}

/// Whether a mission takes people for a slot now: neither the town, nor measures, nor what became of whoever answers stand
/// against it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn takes_people(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
    slot: &slot::Model,
    now: DateTime<Utc>,
) -> Result<bool> {
    if missions::status(mission) != MissionStatus::Published || slot.cancelled_at.is_some() {
        return Ok(false);
    }
    let measures = crisis::of_town(db, mission.municipality_id.into(), now).await?;
    Ok(measures.allow(mission.domain_code.as_deref(), now)
        && !partners::only_offered(db, vec![slot.clone()]).await?.is_empty())
}

/// Where those who wait for some missions stand, from 1: in the best of the queues that each is in.
///
/// # Errors
/// When the database cannot be reached.
pub async fn positions(db: &impl ConnectionTrait, missions: Vec<Uuid>) -> Result<HashMap<Uuid, u32>> {
    let mut found: HashMap<Uuid, u32> = HashMap::new();
    if missions.is_empty() {
        return Ok(found);
    }
    let waiting: Vec<Uuid> = application::Entity::find()
        .filter(application::Column::MissionId.is_in(missions))
        .filter(application::Column::Status.eq(ApplicationStatus::Waitlisted.as_str()))
        .order_by_asc(application::Column::CreatedAt)
        .order_by_asc(application::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let slots = queries::slots(db, waiting.clone()).await?;
    let mut before: HashMap<Uuid, u32> = HashMap::new();
    for id in waiting {
        for slot in slots.get(&id).into_iter().flatten() {
            let here = before.entry(slot.id).or_default();
            *here += 1;
            let best = found.entry(id).or_insert(u32::MAX);
            *best = (*best).min(*here);
        }
    }
    Ok(found)
}

/// How many wait for each slot of a mission.
///
/// # Errors
/// When the database cannot be reached.
pub async fn lengths(db: &impl ConnectionTrait, mission: Uuid) -> Result<HashMap<Uuid, u32>> {
    let waiting: Vec<Uuid> = application::Entity::find()
        .filter(application::Column::MissionId.eq(mission))
        .filter(application::Column::Status.eq(ApplicationStatus::Waitlisted.as_str()))
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let mut found: HashMap<Uuid, u32> = HashMap::new();
    for slot in queries::slots(db, waiting).await?.values().flatten() {
        *found.entry(slot.id).or_default() += 1;
    }
    Ok(found)
}

/// Ends the wait of somebody who got no place. The table has one way out of the list, by an offer.
///
/// # Errors
/// `NotInThisState` when they do not wait.
pub async fn leave(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    (action, role): (ApplicationAction, Role),
) -> Result<application::Model> {
    let row = queries::step(work, row, mission, (ApplicationAction::Offer, Role::System), None).await?;
    queries::step(work, row, mission, (action, role), None).await
}

/// Holds an application, whose mission is held.
async fn hold(work: &Work, id: Uuid) -> Result<application::Model> {
    let row = application::Entity::find_by_id(id).lock_exclusive().one(&work.tx).await?;
    row.ok_or_else(|| told(AppError::NotFound))
}
