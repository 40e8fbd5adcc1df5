//! Further slots of a mission, for somebody who has a live application to it: they go into it where they can share its one
//! state. Nothing is withdrawn, no turn is lost.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    actor::Actor,
    applications::{ApplicationForm, ApplicationStatus, ConsentStatus, FurtherSlots, door::still_shut, rules},
    error::{AppError, Conflict, Problem},
    ids::{AccountId, ApplicationId, MissionId, OrganisationId},
    missions::{MissionStatus, Missions},
    paris,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use super::{
    apply,
    asked::{self, Asked},
    guardian, leave_slot, places, queries, waiting,
};
use crate::{
    backend::Backend,
    entity::{application, application_slot, called_off_slot, guardian_consent, mission, slot, volunteer},
    error::{Result, told},
    missions::{
        partners,
        queries::{self as missions, line},
    },
    store::{Step, Work},
};

/// Asks for further slots, which go into the application, or nothing changes.
pub async fn add_slots(
    backend: &Backend,
    actor: &Actor,
    id: ApplicationId,
    form: ApplicationForm,
) -> Result<ApplicationStatus> {
    asked::within_limits(backend, actor, &form).await?;
    let work = Work::begin(backend, actor).await?;
    let (mission, row, own) = queries::hold_own(&work, id).await?;
    if !queries::status(&row).is_live() {
        return Err(told(Conflict::NotInThisState));
    }
    let asked = beside(&work, &mission, (&row, &own), &form).await?;
    let row = take_in(&work, row, &mission, &asked, &own).await?;
    work.commit().await?;
    Ok(queries::status(&row))
}

/// What is asked for beside the slots of a live application that is held, if it has not begun and can share its state.
pub(super) async fn beside(
    work: &Work,
    mission: &mission::Model,
    (row, own): (&application::Model, &[slot::Model]),
    form: &ApplicationForm,
) -> Result<Asked> {
    let refused = |problem| told(AppError::field("slots", problem));
    // Asked first: whoever serves a list holds its slots before those who wait in it, who take no slot here.
    if !joins(&work.tx, mission, row).await? {
        return Err(refused(Problem::AnswerFirst));
    }
    let asked = asked::asked(work, mission, AccountId(row.volunteer_id), form, true).await?;
    if asked.slots.iter().any(|slot| own.iter().any(|known| known.id == slot.id)) {
        return Err(told(Conflict::NotInThisState));
    }
    if asked.slots.iter().any(|slot| waiting::last_call(slot) <= work.now) {
        return Err(refused(Problem::SlotGone));
    }
    if asked.consent || asked.slots.iter().any(|slot| slot.organisation_id != row.organisation_id) {
        return Err(refused(Problem::AnswerFirst));
    }
    Ok(asked)
}

/// Whether free slots of the same organisation can share the state of a live application, which waits for no guardian.
async fn joins(db: &impl ConnectionTrait, mission: &mission::Model, row: &application::Model) -> Result<bool> {
    let at_once = partners::terms(db, mission, partners::answers(mission, row)).await?.at_once;
    Ok(queries::status(row).takes_in(at_once) && !guardian::is_awaited(db, row.id).await?)
}

/// Puts free slots into an application that is held, beside those of it that are kept, with a place in each where it has one,
/// and tells both.
pub(super) async fn take_in(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    asked: &Asked,
    kept: &[slot::Model],
) -> Result<application::Model> {
    let slots = apply::judged(work, mission, asked, (row.id, kept)).await?.slots;
    let accepted = queries::status(&row).holds_place();
    if accepted {
        places::take(work, &places::with_limits(&asked.measures, mission.remote, &slots)).await?;
    }
    let mut row = row.into_active_model();
    row.safety_rules = Set(apply::rules_read(work, mission, &asked.measures).await?);
    row.safety_acknowledged_at = Set(work.now);
    // Calendars take what changed later for the newer.
    row.updated_at = Set(work.now);
    let row = row.update(&work.tx).await?;
    for slot in &slots {
        application_slot::ActiveModel { application_id: Set(row.id), slot_id: Set(slot.id) }.insert(&work.tx).await?;
        // Who left it before comes back.
        called_off_slot::Entity::delete_by_id((row.id, slot.id)).exec(&work.tx).await?;
        work.record(Step {
            subject: "application",
            id: row.id,
            municipality: Some(mission.municipality_id.into()),
            from: None,
            to: "slot_added",
            reason: Some(&paris::figures(slot.starts_at)),
        })
        .await?;
    }
    apply::tell_both(work, &row, mission, &slots, ("", accepted)).await?;
    Ok(row)
}

/// What may be added to one's own live application, or taken instead of a slot of it.
pub async fn show(backend: &Backend, actor: &Actor, id: ApplicationId) -> Result<FurtherSlots> {
    let account = actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let row = application::Entity::find_by_id(id.0).filter(application::Column::VolunteerId.eq(account.0));
    let row = row.one(db).await?.filter(|row| queries::status(row).is_live());
    let row = row.ok_or_else(|| told(AppError::NotFound))?;
    let mut page = backend.page(actor, MissionId(row.mission_id)).await.map_err(told)?;
    let joins = joins(db, &missions::by_id(db, page.id).await?, &row).await?;
    let birth = volunteer::Entity::find_by_id(account.0).one(db).await?.map(|profile| profile.birth_date);
    let organisation = row.organisation_id.map(OrganisationId);
    if let Some(viewer) = &mut page.viewer {
        for (seen, slot) in viewer.slots.iter_mut().zip(&page.slots) {
            let joins = joins && slot.organisation == organisation && is_adult(birth, slot.starts_at);
            seen.door = seen.door.clone().beside(joins);
        }
    }
    let slots = queries::slots(db, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let own = slots.iter().filter(|slot| leave_slot::is_ahead(slot, now)).map(line).collect();
    Ok(FurtherSlots { id, own, mission: page })
}

/// Whether somebody whose birth date is known needs nobody's consent for a slot.
fn is_adult(birth: Option<NaiveDate>, starts_at: DateTime<Utc>) -> bool {
    birth.is_some_and(|birth| !rules::needs_guardian(birth, starts_at))
}

/// The free slots that can go into some applications of one volunteer now, as their missions stand.
///
/// # Errors
/// When the database cannot be reached.
pub async fn open_to(
    db: &impl ConnectionTrait,
    rows: &[application::Model],
    (slots, consents): (&HashMap<Uuid, Vec<slot::Model>>, &HashMap<Uuid, guardian_consent::Model>),
    birth: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<HashMap<Uuid, Vec<slot::Model>>> {
    let live = rows.iter().filter(|row| queries::status(row).is_live()).map(|row| row.mission_id);
    let online = mission::Entity::find()
        .filter(mission::Column::Id.is_in(live))
        .filter(mission::Column::Status.eq(MissionStatus::Published.as_str()));
    let online = online.all(db).await?;
    let ids: Vec<Uuid> = online.iter().map(|mission| mission.id).collect();
    let partners = partners::of(db, ids.clone()).await?;
    let mut others = partners::only_offered(db, missions::slots(db, ids).await?).await?;
    others.retain(|slot| slot.taken < slot.places && line(slot).is_open(now) && is_adult(birth, slot.starts_at));
    let joins = |row: &application::Model| {
        let mission = online.iter().find(|mission| mission.id == row.mission_id)?;
        let answers = partners::answers(mission, row).0;
        let partner = partners.iter().find(|it| (it.mission_id, it.organisation_id) == (mission.id, answers));
        let at_once = partner.map_or(&mission.choice, |it| &it.choice) == "at_once";
        let awaited = consents.get(&row.id).is_some_and(|row| guardian::status(row) == ConsentStatus::Asked);
        let shut = awaited || still_shut(mission.opens_on, now).is_some();
        Some(queries::status(row).takes_in(at_once) && !shut)
    };
    let beside = |row: &application::Model| {
        let own = slots.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let fits = |slot: &&slot::Model| {
            let same = (slot.mission_id, slot.organisation_id) == (row.mission_id, row.organisation_id);
            same && own.iter().all(|known| known.id != slot.id)
        };
        (row.id, others.iter().filter(fits).cloned().collect())
    };
    Ok(rows.iter().filter(|row| joins(row) == Some(true)).map(beside).collect())
}

/// Whether one of some slots can be added to those that are kept: it is at the same time as none of them.
pub fn some_beside(open: &[slot::Model], kept: &[slot::Model]) -> bool {
    let kept = queries::spans(kept);
    open.iter().any(|slot| {
        let span = queries::spans([slot]);
        !span.iter().any(|span| kept.iter().any(|own| rules::overlaps(*span, *own)))
    })
}
