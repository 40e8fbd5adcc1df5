//! What an organisation has still to say of slots that have begun.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    attendance::{
        ToNote,
        rules::{CLOSES_AFTER, OPENS_BEFORE},
    },
    ids::{MissionId, OrganisationId},
    team::Duty,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    backend::Backend,
    entity::{application, application_slot, attendance, mission, slot},
    error::{Result, told},
    missions::queries as missions,
};

/// Most slots told at once.
const MOST: usize = 30;

/// The slots of which somebody is still to be validated, the oldest first.
pub async fn to_note(backend: &Backend, actor: &Actor, organisation: OrganisationId) -> Result<Vec<ToNote>> {
    actor.require_organisation(organisation, Duty::Attend).map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let slots: HashMap<Uuid, slot::Model> = slot::Entity::find()
        .filter(held_by(organisation))
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::StartsAt.lte(now + OPENS_BEFORE))
        .filter(slot::Column::EndsAt.gt(now - CLOSES_AFTER))
        .all(db)
        .await?
        .into_iter()
        .map(|slot| (slot.id, slot))
        .collect();
    let waiting: BTreeMap<(DateTime<Utc>, Uuid), u32> = unsettled(db, slots.keys().copied().collect())
        .await?
        .into_iter()
        .filter_map(|(id, people)| Some(((slots.get(&id)?.starts_at, id), people)))
        .collect();
    let named = mission::Entity::find().filter(mission::Column::Id.is_in(slots.values().map(|slot| slot.mission_id)));
    let titles: HashMap<Uuid, String> = named.all(db).await?.into_iter().map(|row| (row.id, row.title)).collect();
    let told = waiting.into_iter().take(MOST).filter_map(|((_, id), people)| {
        let slot = slots.get(&id)?;
        let mission = (MissionId(slot.mission_id), titles.get(&slot.mission_id)?.clone());
        Some(ToNote { mission, slot: missions::line(slot), people })
    });
    Ok(told.collect())
}

/// How many slots are over with somebody who is still to be validated.
///
/// # Errors
/// When the database cannot be reached.
pub async fn awaiting(db: &impl ConnectionTrait, organisation: OrganisationId, now: DateTime<Utc>) -> Result<u32> {
    let ended = slot::Entity::find()
        .filter(held_by(organisation))
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::EndsAt.lte(now))
        .filter(slot::Column::EndsAt.gt(now - CLOSES_AFTER))
        .all(db)
        .await?;
    Ok(u32::try_from(unsettled(db, ended.iter().map(|slot| slot.id).collect()).await?.len())?)
}

/// How many people have a place in some slots and no validated hours yet, by slot.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn unsettled(db: &impl ConnectionTrait, slots: Vec<Uuid>) -> Result<HashMap<Uuid, u32>> {
    let accepted = application::Entity::find()
        .select_only()
        .column(application::Column::Id)
        .filter(application::Column::Status.eq(ApplicationStatus::Accepted.as_str()))
        .into_query();
    let links = application_slot::Entity::find()
        .filter(application_slot::Column::SlotId.is_in(slots.iter().copied()))
        .filter(application_slot::Column::ApplicationId.in_subquery(accepted))
        .all(db)
        .await?;
    let settled: HashSet<(Uuid, Uuid)> = attendance::Entity::find()
        .filter(attendance::Column::SlotId.is_in(slots))
        .filter(attendance::Column::ValidatedAt.is_not_null())
        .all(db)
        .await?
        .into_iter()
        .map(|note| (note.application_id, note.slot_id))
        .collect();
    let mut people: HashMap<Uuid, u32> = HashMap::new();
    for link in links.iter().filter(|link| !settled.contains(&(link.application_id, link.slot_id))) {
        *people.entry(link.slot_id).or_default() += 1;
    }
    Ok(people)
}

/// The slots that an organisation answers for: those of its missions that no partner holds, and those it holds as a partner.
pub fn held_by(organisation: OrganisationId) -> Condition {
    let own: SelectStatement = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::OrganisationId.eq(organisation.0))
        .into_query();
    let of_mission =
        Condition::all().add(slot::Column::OrganisationId.is_null()).add(slot::Column::MissionId.in_subquery(own));
    Condition::any().add(slot::Column::OrganisationId.eq(organisation.0)).add(of_mission)
}
