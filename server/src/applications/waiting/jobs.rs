//! What becomes of waiting lists by itself: offers expire, places that came free otherwise are offered, a list ends with its
//! slot.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    actor::Actor,
    applications::{ApplicationAction, ApplicationStatus, waiting::offered_until},
    missions::SlotKind,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use uuid::Uuid;

use super::{
    super::{places, queries, tell::Affair},
    hold, last_call, leave, serve, takes_people,
};
use crate::{
    backend::Backend,
    entity::{application, application_slot, mission, slot},
    error::Result,
    mail::MailKind,
    store::Work,
};

/// How many applications one round looks at.
const ROUND: u64 = 500;

/// Ends offers that were not taken in time and lists of slots that begin, and offers what is free. How many applications
/// moved.
///
/// # Errors
/// When the database cannot be reached.
pub async fn turn(backend: &Backend) -> Result<u64> {
    let now = backend.clock.now();
    let due: Vec<Uuid> = application::Entity::find()
        .filter(application::Column::Status.eq(ApplicationStatus::Offered.as_str()))
        .filter(application::Column::HeldUntil.lte(now))
        .order_by_asc(application::Column::HeldUntil)
        .limit(ROUND)
        .all(backend.store.read())
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let mut moved = 0;
    // One that fails keeps nobody else waiting.
    for id in due {
        match expire(backend, id).await {
            Ok(expired) => moved += u64::from(expired),
            Err(error) => tracing::error!(?error, application = %id, "an offer does not expire"),
        }
    }
    for (mission, slots) in waited_for(backend).await? {
        match look_at(backend, mission, &slots).await {
            Ok(count) => moved += count,
            Err(error) => tracing::error!(?error, %mission, "a waiting list stands still"),
        }
    }
    for id in ended(backend).await? {
        match end(backend, id).await {
            Ok(ended) => moved += u64::from(ended),
            Err(error) => tracing::error!(?error, application = %id, "a wait does not end"),
        }
    }
    Ok(moved)
}

/// Ends one offer, and holds its place for the next.
async fn expire(backend: &Backend, id: Uuid) -> Result<bool> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let Some(found) = application::Entity::find_by_id(id).one(&work.tx).await? else { return Ok(false) };
    let mission = queries::hold_mission(&work, found.mission_id).await?;
    let row = hold(&work, id).await?;
    if queries::status(&row) != ApplicationStatus::Offered || row.held_until.is_none_or(|until| until > work.now) {
        return Ok(false);
    }
    let slots = queries::slots(&work.tx, vec![id]).await?.remove(&id).unwrap_or_default();
    if let Some(until) = later(&work, &mission, &slots).await? {
        let mut row = row.into_active_model();
        row.held_until = Set(Some(until));
        row.update(&work.tx).await?;
        work.commit().await?;
        return Ok(false);
    }
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
    let row = queries::step(&work, row, &mission, (ApplicationAction::Expire, Role::System), None).await?;
    Affair::read(&work, &mission, &row, &slots).await?.volunteer(&work, MailKind::OfferExpired, "").await?;
    places::give_back(&work, &ids).await?;
    serve(&work, &mission, &ids).await?;
    work.commit().await?;
    Ok(true)
}

/// Until when a place stays held that nobody could take, because its mission or whoever answers is suspended: the turn is not
/// lost for that. `None` where it could be taken, or will not be any more.
async fn later(work: &Work, mission: &mission::Model, slots: &[slot::Model]) -> Result<Option<DateTime<Utc>>> {
    let [slot] = slots else { return Ok(None) };
    if last_call(slot) <= work.now || takes_people(&work.tx, mission, slot, work.now).await? {
        return Ok(None);
    }
    let hours = u32::try_from(mission.offer_hours).unwrap_or_default();
    Ok(offered_until(work.now, last_call(slot), hours))
}

/// The ids of those who wait.
fn waiting() -> SelectStatement {
    application::Entity::find()
        .select_only()
        .column(application::Column::Id)
        .filter(application::Column::Status.eq(ApplicationStatus::Waitlisted.as_str()))
        .into_query()
}

/// The slots that somebody waits for and where a place is free, by mission.
async fn waited_for(backend: &Backend) -> Result<BTreeMap<Uuid, Vec<Uuid>>> {
    let named = application_slot::Entity::find()
        .select_only()
        .column(application_slot::Column::SlotId)
        .filter(application_slot::Column::ApplicationId.in_subquery(waiting()))
        .into_query();
    let free = slot::Entity::find()
        .filter(slot::Column::Id.in_subquery(named))
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::EndsAt.gt(backend.clock.now()))
        .filter(Expr::col(slot::Column::Taken).lt(Expr::col(slot::Column::Places)))
        .all(backend.store.read())
        .await?;
    let mut found: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for slot in free {
        found.entry(slot.mission_id).or_default().push(slot.id);
    }
    Ok(found)
}

/// Serves the lists of some slots of a mission. How many were offered a place.
///
/// # Errors
/// When the database refuses.
pub async fn look_at(backend: &Backend, mission: Uuid, slots: &[Uuid]) -> Result<u64> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let mission = queries::hold_mission(&work, mission).await?;
    let served = serve(&work, &mission, slots).await?;
    work.commit().await?;
    Ok(served.into())
}

/// Those who wait for nothing that is still to come.
async fn ended(backend: &Backend) -> Result<Vec<Uuid>> {
    let now = backend.clock.now();
    let begins = Condition::any()
        .add(slot::Column::Kind.eq(SlotKind::Dated.as_str()).and(slot::Column::StartsAt.gt(now)))
        .add(slot::Column::Kind.ne(SlotKind::Dated.as_str()).and(slot::Column::EndsAt.gt(now)));
    let to_come = slot::Entity::find().select_only().column(slot::Column::Id).filter(begins).into_query();
    queries::without(backend.store.read(), ApplicationStatus::Waitlisted, to_come, ROUND).await
}

/// Ends the wait for what has begun.
async fn end(backend: &Backend, id: Uuid) -> Result<bool> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let Some(found) = application::Entity::find_by_id(id).one(&work.tx).await? else { return Ok(false) };
    let mission = queries::hold_mission(&work, found.mission_id).await?;
    let row = hold(&work, id).await?;
    if queries::status(&row) != ApplicationStatus::Waitlisted {
        return Ok(false);
    }
    let slots = queries::slots(&work.tx, vec![id]).await?.remove(&id).unwrap_or_default();
    let row = leave(&work, row, &mission, (ApplicationAction::Expire, Role::System)).await?;
    Affair::read(&work, &mission, &row, &slots).await?.volunteer(&work, MailKind::WaitingListOver, "").await?;
    work.commit().await?;
    Ok(true)
}
