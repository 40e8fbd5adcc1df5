//! Further slots of a mission, for somebody who has a live application to it: nothing is withdrawn, no turn is lost.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    applications::{ApplicationForm, ApplicationStatus, FurtherSlots},
    error::{AppError, Conflict, Problem},
    ids::{AccountId, ApplicationId, MissionId},
    missions::Missions,
    paris,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use super::{
    apply,
    asked::{self, Asked},
    chosen::Chosen,
    guardian, leave_slot, places, queries, waiting,
};
use crate::{
    backend::Backend,
    entity::{application, application_slot, called_off_slot, mission, slot},
    error::{Result, told},
    missions::{
        partners,
        queries::{self as missions, line},
    },
    store::{Step, Work},
};

/// Asks for further slots. Those that can share the state of the application go into it; others stand beside it as one of
/// their own, and wait for an answer or in their lists as any that is sent today.
pub async fn add_slots(
    backend: &Backend,
    actor: &Actor,
    id: ApplicationId,
    form: ApplicationForm,
) -> Result<ApplicationStatus> {
    let account = asked::within_limits(backend, actor, &form).await?;
    let work = Work::begin(backend, actor).await?;
    let (mission, row, own) = hold(&work, id).await?;
    let before = queries::status(&row);
    if !before.is_live() {
        return Err(told(Conflict::NotInThisState));
    }
    let asked = asked::asked(&work, &mission, account, &form).await?;
    may_ask(&work, &mission, account, &asked).await?;
    // What one is accepted for counts already.
    let kept: &[slot::Model] = if before == ApplicationStatus::Pending { &own } else { &[] };
    let found = apply::judged(&work, &mission, &asked, (None, kept)).await?;
    let row = if shares(&work, &mission, &row, (&asked, &found)).await? {
        take_in(&work, row, &mission, (&asked, &found)).await?
    } else {
        let row = apply::insert(&work, &mission, &asked, true).await?;
        apply::go_in(&work, row, &mission, &asked, &found).await?
    };
    work.commit().await?;
    Ok(queries::status(&row))
}

/// One's own application with its mission and slots. Whoever serves a list holds its slots before those who wait in it: one that
/// waits is not held here, where slots follow. It stays as it is, and its volunteer is held.
async fn hold(work: &Work, id: ApplicationId) -> Result<(mission::Model, application::Model, Vec<slot::Model>)> {
    let account = work.actor.signed_in().map_err(told)?;
    let row = own(&work.tx, account, id).await?;
    if queries::status(&row) != ApplicationStatus::Waitlisted {
        return queries::hold_own(work, id).await;
    }
    let mission = queries::hold_mission(work, row.mission_id).await?;
    Ok((mission, row, Vec::new()))
}

async fn own(db: &impl ConnectionTrait, account: AccountId, id: ApplicationId) -> Result<application::Model> {
    let row = application::Entity::find_by_id(id.0).filter(application::Column::VolunteerId.eq(account.0));
    row.one(db).await?.ok_or_else(|| told(AppError::NotFound))
}

/// Passes slots that have not begun and that their volunteer has not asked for.
pub(super) async fn may_ask(work: &Work, mission: &mission::Model, account: AccountId, asked: &Asked) -> Result<()> {
    let live = queries::live_of(&work.tx, mission.id, account).await?;
    let known = queries::slots(&work.tx, live.into_iter().map(|row| row.id).collect()).await?;
    if asked.slots.iter().any(|slot| known.values().flatten().any(|known| known.id == slot.id)) {
        return Err(told(Conflict::NotInThisState));
    }
    if asked.slots.iter().any(|slot| waiting::last_call(slot) <= work.now) {
        return Err(told(AppError::field("slots", Problem::SlotGone)));
    }
    Ok(())
}

/// Whether what is asked for can share the state of a live application that is held: the same organisation answers both, and
/// nobody has to consent.
pub(super) async fn shares(
    work: &Work,
    mission: &mission::Model,
    row: &application::Model,
    (asked, found): (&Asked, &Chosen),
) -> Result<bool> {
    let same = found.slots.iter().all(|slot| slot.organisation_id == row.organisation_id);
    let at_once = partners::terms(&work.tx, mission, partners::answers(mission, row)).await?.at_once;
    Ok(same
        && asked.guardian.is_none()
        && queries::status(row).takes_in(found.full, at_once)
        && !guardian::is_awaited(&work.tx, row.id).await?)
}

/// Puts slots into an application that is held, with a place in each where it has one, and tells both.
pub(super) async fn take_in(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    (asked, found): (&Asked, &Chosen),
) -> Result<application::Model> {
    let accepted = queries::status(&row).holds_place();
    if accepted {
        places::take(work, &places::with_limits(&asked.measures, mission.remote, &found.slots)).await?;
    }
    let mut row = row.into_active_model();
    row.safety_rules = Set(apply::rules_read(work, mission, &asked.measures).await?);
    row.safety_acknowledged_at = Set(work.now);
    // Calendars take what changed later for the newer.
    row.updated_at = Set(work.now);
    let row = row.update(&work.tx).await?;
    for slot in &found.slots {
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
    apply::tell_both(work, &row, mission, &found.slots, ("", accepted)).await?;
    Ok(row)
}

/// What may be added to one's own live application, or taken instead of a slot of it.
pub async fn show(backend: &Backend, actor: &Actor, id: ApplicationId) -> Result<FurtherSlots> {
    let account = actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let row = own(db, account, id).await?;
    let status = queries::status(&row);
    if !status.is_live() {
        return Err(told(AppError::NotFound));
    }
    let page = backend.page(actor, MissionId(row.mission_id)).await.map_err(told)?;
    let mission = missions::by_id(db, page.id).await?;
    let at_once = partners::terms(db, &mission, partners::answers(&mission, &row)).await?.at_once;
    let minor = page.viewer.as_ref().is_some_and(|viewer| viewer.guardian);
    let slots = queries::slots(db, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    Ok(FurtherSlots {
        id,
        own: slots.iter().filter(|slot| leave_slot::is_ahead(slot, now)).map(line).collect(),
        moves: status.takes_in(false, at_once) && !minor && !guardian::is_awaited(db, row.id).await?,
        mission: page,
    })
}

/// The missions of these applications with slots that their volunteer may still ask for.
///
/// # Errors
/// When the database cannot be reached.
pub async fn with_more(
    db: &impl ConnectionTrait,
    rows: &[application::Model],
    slots: &HashMap<Uuid, Vec<slot::Model>>,
    now: DateTime<Utc>,
) -> Result<HashSet<Uuid>> {
    let live: Vec<&application::Model> = rows.iter().filter(|row| queries::status(row).is_live()).collect();
    let asked: HashSet<Uuid> = live.iter().filter_map(|row| slots.get(&row.id)).flatten().map(|slot| slot.id).collect();
    let all = missions::slots(db, live.iter().map(|row| row.mission_id).collect()).await?;
    let mut open = partners::only_offered(db, all).await?;
    open.retain(|slot| !asked.contains(&slot.id) && line(slot).is_open(now));
    Ok(open.into_iter().map(|slot| slot.mission_id).collect())
}
