//! What becomes of waiting lists by itself: offers expire, places that came free otherwise are offered, a list ends with its
//! slot.

use std::collections::BTreeMap;

use domain::{
    access::Role,
    actor::Actor,
    applications::{ApplicationAction, ApplicationStatus},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    super::{places, queries, tell::Affair},
    hold, last_call, leave, serve,
};
use crate::{backend::Backend, entity::application, error::Result, mail::MailKind, store::Work};

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
    for id in due {
        moved += u64::from(expire(backend, id).await?);
    }
    for (mission, slots) in waited_for(backend).await? {
        moved += look_at(backend, mission, &slots).await?;
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
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
    let row = queries::step(&work, row, &mission, (ApplicationAction::Expire, Role::System), None).await?;
    Affair::read(&work, &mission, &row, &slots).await?.volunteer(&work, MailKind::OfferExpired, "").await?;
    places::give_back(&work, &ids).await?;
    serve(&work, &mission, &ids).await?;
    work.commit().await?;
    Ok(true)
}

/// The slots that somebody waits for, by mission.
async fn waited_for(backend: &Backend) -> Result<BTreeMap<Uuid, Vec<Uuid>>> {
    let db = backend.store.read();
    let waiting = application::Entity::find()
        .filter(application::Column::Status.eq(ApplicationStatus::Waitlisted.as_str()))
        .order_by_asc(application::Column::CreatedAt)
        .all(db)
        .await?;
    let slots = queries::slots(db, waiting.iter().map(|row| row.id).collect()).await?;
    let mut found: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for row in waiting {
        let free = slots.get(&row.id).into_iter().flatten().filter(|slot| slot.taken < slot.places);
        let over =
            slots.get(&row.id).is_none_or(|slots| slots.iter().all(|slot| last_call(slot) <= backend.clock.now()));
        let free: Vec<Uuid> = free.map(|slot| slot.id).collect();
        if over || !free.is_empty() {
            found.entry(row.mission_id).or_default().extend(free);
        }
    }
    Ok(found)
}

/// Offers what is free in a mission, and ends the wait for what has begun.
async fn look_at(backend: &Backend, mission: Uuid, slots: &[Uuid]) -> Result<u64> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let mission = queries::hold_mission(&work, mission).await?;
    let mut moved = u64::from(serve(&work, &mission, slots).await?);
    let waiting = application::Entity::find()
        .filter(application::Column::MissionId.eq(mission.id))
        .filter(application::Column::Status.eq(ApplicationStatus::Waitlisted.as_str()))
        .order_by_asc(application::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    let named = queries::slots(&work.tx, waiting.iter().map(|row| row.id).collect()).await?;
    for row in waiting {
        let slots = named.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        if slots.iter().all(|slot| last_call(slot) <= work.now) {
            let row = leave(&work, row, &mission, (ApplicationAction::Expire, Role::System)).await?;
            Affair::read(&work, &mission, &row, slots).await?.volunteer(&work, MailKind::WaitingListOver, "").await?;
            moved += 1;
        }
    }
    work.commit().await?;
    Ok(moved)
}
