//! The week before an organisation.

use std::collections::HashMap;

use chrono::TimeDelta;
use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    cover::AskedSlot,
    ids::{MissionId, OrganisationId},
    missions::MissionStatus,
    planning::{Agenda, AgendaSlot, DAYS_AHEAD},
    team::Duty,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use super::left;
use crate::{
    applications::guardian,
    attendance::{awaiting, held_by},
    backend::Backend,
    entity::{application, application_slot, application_thread, mission, slot},
    error::{Result, told},
    messages::queries as messages,
    missions::{partners, queries as missions},
    organisations::queries as organisations,
};

/// The slots of the days to come that an organisation answers for, and what waits: as many questions whatever their number.
pub async fn agenda(backend: &Backend, actor: &Actor, organisation: OrganisationId) -> Result<Agenda> {
    actor.require_organisation(organisation, Duty::See).map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let slots = slot::Entity::find()
        .filter(held_by(organisation))
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::EndsAt.gt(now))
        .filter(slot::Column::StartsAt.lt(now + TimeDelta::days(DAYS_AHEAD)))
        .all(db)
        .await?;
    // A mission that was closed early still takes place, with those who have a place.
    let takes_place = [MissionStatus::Published, MissionStatus::Closed].map(MissionStatus::as_str);
    let of_slots = mission::Entity::find()
        .filter(mission::Column::Id.is_in(slots.iter().map(|row| row.mission_id)))
        .filter(mission::Column::Status.is_in(takes_place));
    let known: HashMap<Uuid, mission::Model> = of_slots.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let ids: Vec<Uuid> = slots.iter().map(|row| row.id).collect();
    let offered = people(db, ids.clone(), ApplicationStatus::Offered).await?;
    let unanswered = people(db, ids, ApplicationStatus::Pending).await?;
    let mut left = left::at_the_last_minute(db, organisation, &slots, now).await?;
    let suspended = !organisations::is_approved(db, organisation).await?;
    let asks = actor.may(organisation, Duty::Cover);
    let one = |row: &slot::Model| {
        let mission = known.get(&row.mission_id)?;
        let (line, open) = (missions::line(row), missions::status(mission).is_public() && !suspended);
        let left = left.remove(&row.id).filter(|_| open && line.taken < line.places);
        Some(AgendaSlot {
            mission: (MissionId(mission.id), mission.title.clone()),
            cover: asks && open && AskedSlot { opens_on: mission.opens_on, ..AskedSlot::of(&line) }.check(now).is_ok(),
            slot: line,
            unanswered: unanswered.get(&row.id).copied().unwrap_or_default(),
            offered: offered.get(&row.id).copied().unwrap_or_default(),
            open,
            suspended,
            left: left.unwrap_or_default(),
        })
    };
    let agenda = Agenda {
        organisation,
        offers: offers(db, organisation).await?,
        unread: unread(db, organisation).await?,
        to_validate: to_validate(backend, actor, organisation).await?,
        slots: slots.iter().filter_map(one).collect(),
        now,
    };
    Ok(agenda.sorted())
}

/// How many slots are over and have hours to validate, for who may.
async fn to_validate(backend: &Backend, actor: &Actor, organisation: OrganisationId) -> Result<u32> {
    if !actor.may(organisation, Duty::Attend) {
        return Ok(0);
    }
    awaiting(backend.store.read(), organisation, backend.clock.now()).await
}

fn in_state(status: ApplicationStatus) -> SelectStatement {
    application::Entity::find()
        .select_only()
        .column(application::Column::Id)
        .filter(application::Column::Status.eq(status.as_str()))
        .into_query()
}

/// How many people have an application in this state, by slot; of those who wait for an answer, not who waits for a guardian's first.
async fn people(db: &impl ConnectionTrait, slots: Vec<Uuid>, status: ApplicationStatus) -> Result<HashMap<Uuid, u32>> {
    let mut found: HashMap<Uuid, u32> = HashMap::new();
    if slots.is_empty() {
        return Ok(found);
    }
    let mut links = application_slot::Entity::find()
        .filter(application_slot::Column::SlotId.is_in(slots))
        .filter(application_slot::Column::ApplicationId.in_subquery(in_state(status)));
    if status == ApplicationStatus::Pending {
        links = links.filter(application_slot::Column::ApplicationId.not_in_subquery(guardian::awaited()));
    }
    for link in links.all(db).await? {
        *found.entry(link.slot_id).or_default() += 1;
    }
    Ok(found)
}

/// In which missions volunteers wrote what nobody of the organisation has marked as read, by title.
async fn unread(db: &impl ConnectionTrait, organisation: OrganisationId) -> Result<Vec<(MissionId, String, u32)>> {
    let threads = application_thread::Entity::find()
        .select_only()
        .column(application_thread::Column::ApplicationId)
        .filter(messages::unread_by_organisation())
        .into_query();
    let wrote: Vec<Uuid> = application::Entity::find()
        .select_only()
        .column(application::Column::MissionId)
        .filter(partners::all_answered_by(organisation))
        .filter(application::Column::Id.in_subquery(threads))
        .into_tuple()
        .all(db)
        .await?;
    let rows = mission::Entity::find()
        .filter(mission::Column::Id.is_in(wrote.iter().copied()))
        .order_by_asc(mission::Column::Title)
        .order_by_asc(mission::Column::Id)
        .all(db)
        .await?;
    let count = |id: Uuid| wrote.iter().filter(|mission| **mission == id).count();
    rows.into_iter().map(|row| Ok((MissionId(row.id), row.title, u32::try_from(count(row.id))?))).collect()
}

/// Places that are held for people of its waiting lists.
async fn offers(db: &impl ConnectionTrait, organisation: OrganisationId) -> Result<u32> {
    let held = slot::Entity::find().select_only().column(slot::Column::Id).filter(held_by(organisation)).into_query();
    let offered = application_slot::Entity::find()
        .filter(application_slot::Column::ApplicationId.in_subquery(in_state(ApplicationStatus::Offered)))
        .filter(application_slot::Column::SlotId.in_subquery(held));
    Ok(u32::try_from(offered.count(db).await?)?)
}
