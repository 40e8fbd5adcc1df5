//! Those who wait for the choice of an organisation that accepts at once from now on: they applied before whoever comes next.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    access::Role,
    applications::{ApplicationAction, ApplicationStatus},
    crisis::InForce,
    error::AppError,
    ids::{AccountId, OrganisationId},
    missions::MissionStatus,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    apply,
    chosen::{free, may_take, named},
    guardian, queries,
    tell::Affair,
    waiting,
};
use crate::{
    crisis::queries as crisis,
    entity::{application, mission, slot, volunteer},
    error::{Error, Result},
    mail::MailKind,
    missions::{partners, queries as missions},
    store::Work,
};

/// Accepts those who wait for an answer of an organisation that accepts at once, in the order of their applications, while
/// there are places; the others go on in the lists, where they stand by when they applied. Whom something else stands against
/// (hours, age, measures, a guardian who has not answered) still waits for the organisation. The caller holds the mission
/// alone: nobody applies beside it.
///
/// # Errors
/// When the database refuses.
pub async fn accept_pending(work: &Work, mission: &mission::Model, answers: OrganisationId) -> Result<()> {
    if missions::status(mission) != MissionStatus::Published
        || !partners::terms(&work.tx, mission, answers).await?.at_once
    {
        return Ok(());
    }
    let measures = crisis::of_town(&work.tx, mission.municipality_id.into(), work.now).await?;
    if !measures.allow(mission.domain_code.as_deref(), work.now) {
        return Ok(());
    }
    let rows = application::Entity::find()
        .filter(partners::answered_by(mission, answers))
        .filter(application::Column::Status.eq(ApplicationStatus::Pending.as_str()))
        .order_by_asc(application::Column::CreatedAt)
        .order_by_asc(application::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let births = hold(work, mission, &rows).await?;
    let mut queued = Vec::new();
    let mut waited_for = Vec::new();
    for row in rows {
        let Some(birth) = births.get(&row.volunteer_id) else { continue };
        let Some(slots) = open_to(work, mission, &measures, &row, *birth).await? else { continue };
        let full = |slot: &slot::Model| slot.taken >= waiting::places_under(&measures, mission, slot);
        // A place that somebody before waits for is not passed on to who comes after.
        if slots.iter().any(|slot| full(slot) || waited_for.contains(&slot.id)) {
            waited_for.extend(slots.iter().map(|slot| slot.id));
            queued.push(row.id);
            queries::step(work, row, mission, (ApplicationAction::Queue, Role::System), None).await?;
        } else {
            let row = apply::accept(work, row, mission, &slots, &measures).await?;
            Affair::read(work, mission, &row, &slots).await?.volunteer(work, MailKind::ApplicationAccepted, "").await?;
        }
    }
    // Whoever asked for full and free slots together is offered what is free, in their turn.
    waiting::serve(work, mission, &waited_for).await?;
    tell_queued(work, mission, queued).await
}

/// Holds the people, then the slots, each in the order of ids as everywhere: two who do this never wait for each other.
/// Answers when they were born.
async fn hold(work: &Work, mission: &mission::Model, rows: &[application::Model]) -> Result<HashMap<Uuid, NaiveDate>> {
    let people = volunteer::Entity::find()
        .filter(volunteer::Column::AccountId.is_in(rows.iter().map(|row| row.volunteer_id)))
        .order_by_asc(volunteer::Column::AccountId)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    slot::Entity::find()
        .filter(slot::Column::MissionId.eq(mission.id))
        .order_by_asc(slot::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    Ok(people.into_iter().map(|row| (row.account_id, row.birth_date)).collect())
}

/// The slots of an application as they are by now, if all of them are to come and this person may take them.
async fn open_to(
    work: &Work,
    mission: &mission::Model,
    measures: &InForce,
    row: &application::Model,
    birth: NaiveDate,
) -> Result<Option<Vec<slot::Model>>> {
    let slots = queries::slots(&work.tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
    let slots = partners::only_offered(&work.tx, named(work, mission, &ids).await?).await?;
    let gone = |slot: &slot::Model| slot.cancelled_at.is_some() || waiting::last_call(slot) <= work.now;
    if slots.is_empty()
        || slots.len() != ids.len()
        || slots.iter().any(gone)
        || guardian::is_missing(&work.tx, row.id, birth, &slots).await?
        || may_take(mission, birth, &slots, measures).is_err()
    {
        return Ok(None);
    }
    match free(work, AccountId(row.volunteer_id), &slots, Some(row.id)).await {
        Ok(()) => Ok(Some(slots)),
        Err(Error::Told(AppError::Invalid(_))) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Tells those who still wait that they are in the list; whoever was offered a place was told so.
async fn tell_queued(work: &Work, mission: &mission::Model, queued: Vec<Uuid>) -> Result<()> {
    if queued.is_empty() {
        return Ok(());
    }
    let slots = queries::slots(&work.tx, queued.clone()).await?;
    let rows = application::Entity::find()
        .filter(application::Column::Id.is_in(queued))
        .filter(application::Column::Status.eq(ApplicationStatus::Waitlisted.as_str()))
        .order_by_asc(application::Column::Id)
        .all(&work.tx)
        .await?;
    for row in rows {
        let slots = slots.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let affair = Affair::read(work, mission, &row, slots).await?;
        waiting::joined(work, &affair, &row).await?;
    }
    Ok(())
}
