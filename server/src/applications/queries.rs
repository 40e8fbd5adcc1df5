//! Questions about applications.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    applications::{ApplicationAction, ApplicationStatus, door::Engagement, rules::Span},
    error::AppError,
    ids::{AccountId, ApplicationId, MissionId, MunicipalityId},
    missions::SlotKind,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::guardian;
use crate::{
    accounts::queries::full_name,
    entity::{account, application, application_slot, mission, municipality, slot, volunteer},
    error::{Result, Told, told},
    store::{Step, Work},
};

/// The mission, held as it is: nobody cancels, closes or changes it until this transaction is over, while other people
/// apply beside it. Whoever locks more takes the mission first, then applications, the volunteer, slots: no circle.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn hold_mission(work: &Work, id: Uuid) -> Result<mission::Model> {
    let row = mission::Entity::find_by_id(id).lock_shared().one(&work.tx).await?;
    row.ok_or_else(|| told(AppError::NotFound))
}

/// Where an application stands.
pub fn status(row: &application::Model) -> ApplicationStatus {
    ApplicationStatus::parse(&row.status).unwrap_or(ApplicationStatus::Pending)
}

/// The name of somebody who applied, as the organisation may know them: first and last name while the application is live,
/// the first name and an initial afterwards.
pub fn seen_name(account: &account::Model, live: bool) -> String {
    if live {
        return full_name(account);
    }
    let initial = account.family_name.chars().next().map(|c| format!("{c}.")).unwrap_or_default();
    format!("{} {initial}", account.given_name)
}

/// The states in which an application is live.
pub fn live() -> Vec<&'static str> {
    ApplicationStatus::ALL.iter().filter(|status| status.is_live()).map(|status| status.as_str()).collect()
}

/// The slots of some applications.
///
/// # Errors
/// When the database cannot be reached.
pub async fn slots(db: &impl ConnectionTrait, applications: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<slot::Model>>> {
    let mut found: HashMap<Uuid, Vec<slot::Model>> = HashMap::new();
    if applications.is_empty() {
        return Ok(found);
    }
    let links = application_slot::Entity::find()
        .filter(application_slot::Column::ApplicationId.is_in(applications))
        .all(db)
        .await?;
    let ids: Vec<Uuid> = links.iter().map(|link| link.slot_id).collect();
    let rows = slot::Entity::find()
        .filter(slot::Column::Id.is_in(ids))
        .order_by_asc(slot::Column::StartsAt)
        .order_by_asc(slot::Column::Id)
        .all(db)
        .await?;
    for row in rows {
        for link in links.iter().filter(|link| link.slot_id == row.id) {
            found.entry(link.application_id).or_default().push(row.clone());
        }
    }
    Ok(found)
}

/// The applications for which some volunteers give time, or gave it.
async fn giving_time(
    db: &impl ConnectionTrait,
    volunteers: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<application::Model>> {
    let giving = ApplicationStatus::ALL.iter().filter(|status| status.gives_time()).map(|status| status.as_str());
    Ok(application::Entity::find()
        .filter(application::Column::VolunteerId.is_in(volunteers))
        .filter(application::Column::Status.is_in(giving))
        .all(db)
        .await?)
}

/// Who sent some applications, by account.
///
/// # Errors
/// When the database cannot be reached.
pub async fn senders(
    db: &impl ConnectionTrait,
    rows: &[application::Model],
) -> Result<HashMap<Uuid, (account::Model, Option<volunteer::Model>)>> {
    let people = account::Entity::find()
        .filter(account::Column::Id.is_in(rows.iter().map(|row| row.volunteer_id)))
        .find_also_related(volunteer::Entity)
        .all(db)
        .await?;
    Ok(people.into_iter().map(|(account, profile)| (account.id, (account, profile))).collect())
}

/// When a volunteer is expected already, or has come: the dated slots of accepted, offered or attended applications, but for
/// one of them. Hours that were given this week count in its 24.
///
/// # Errors
/// When the database cannot be reached.
pub async fn engaged(db: &impl ConnectionTrait, volunteer: AccountId, but: Option<Uuid>) -> Result<Vec<Span>> {
    let mut held = giving_time(db, [volunteer.0]).await?;
    held.retain(|row| Some(row.id) != but);
    let slots = slots(db, held.into_iter().map(|row| row.id).collect()).await?;
    Ok(spans(slots.values().flatten()))
}

/// The same of several volunteers, by account; of whom nothing is known, nothing is expected.
///
/// # Errors
/// When the database cannot be reached.
pub async fn engaged_of(db: &impl ConnectionTrait, volunteers: &[Uuid]) -> Result<HashMap<Uuid, Vec<Span>>> {
    let held = giving_time(db, volunteers.iter().copied()).await?;
    let slots = slots(db, held.iter().map(|row| row.id).collect()).await?;
    let mut found: HashMap<Uuid, Vec<Span>> = HashMap::new();
    for (row, slots) in held.iter().filter_map(|row| slots.get(&row.id).map(|slots| (row, slots))) {
        found.entry(row.volunteer_id).or_default().extend(spans(slots));
    }
    Ok(found)
}

/// The same, with what and where it is.
///
/// # Errors
/// When the database cannot be reached.
pub async fn engagements(db: &impl ConnectionTrait, volunteer: AccountId) -> Result<Vec<Engagement>> {
    let held = giving_time(db, [volunteer.0]).await?;
    let slots = slots(db, held.iter().map(|row| row.id).collect()).await?;
    let missions: Vec<Uuid> = held.iter().map(|row| row.mission_id).collect();
    let missions = mission::Entity::find().filter(mission::Column::Id.is_in(missions)).all(db).await?;
    let towns: Vec<Uuid> = missions.iter().map(|row| row.municipality_id).collect();
    let towns = municipality::Entity::find().filter(municipality::Column::Id.is_in(towns)).all(db).await?;
    let towns: HashMap<Uuid, String> = towns.into_iter().map(|row| (row.id, row.insee)).collect();
    let missions: HashMap<Uuid, mission::Model> = missions.into_iter().map(|row| (row.id, row)).collect();
    let of_slot = |slot: &slot::Model| {
        let mission = missions.get(&slot.mission_id)?;
        Some(Engagement {
            span: (slot.starts_at, slot.ends_at),
            mission: MissionId(mission.id),
            title: mission.title.clone(),
            town: towns.get(&mission.municipality_id).filter(|_| !mission.remote).cloned(),
        })
    };
    let dated = |slot: &&slot::Model| slot.kind == SlotKind::Dated.as_str() && slot.cancelled_at.is_none();
    let mut found: Vec<Engagement> = slots.values().flatten().filter(dated).filter_map(of_slot).collect();
    found.sort_by_key(|engagement| engagement.span);
    Ok(found)
}

/// Whether all of this is past: nothing can be taken or given back any more.
pub fn over(slots: &[slot::Model], now: DateTime<Utc>) -> bool {
    slots.iter().all(|slot| slot.ends_at <= now)
}

/// Whether a volunteer may take an application back, or leave the waiting list. What is past is not taken back; what nobody
/// answered can be, or there would be no other for this mission.
pub fn may_withdraw(status: ApplicationStatus, slots: &[slot::Model], now: DateTime<Utc>) -> bool {
    let by_table =
        status == ApplicationStatus::Waitlisted || status.apply(ApplicationAction::Withdraw, Role::Volunteer).is_ok();
    by_table && (status == ApplicationStatus::Pending || !over(slots, now))
}

/// The spans of dated slots; an open period has no hours of its own.
pub fn spans<'a>(slots: impl IntoIterator<Item = &'a slot::Model>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    slots
        .into_iter()
        .filter(|slot| slot.kind == SlotKind::Dated.as_str() && slot.cancelled_at.is_none())
        .map(|slot| (slot.starts_at, slot.ends_at))
        .collect()
}

/// Moves an application to its next state, with its history.
///
/// # Errors
/// `NotInThisState`, `Denied`.
pub async fn step(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    (action, role): (ApplicationAction, Role),
    reason: Option<&str>,
) -> Result<application::Model> {
    let before = status(&row);
    let after = before.apply(action, role).told()?;
    let mut row = row.into_active_model();
    row.status = Set(after.as_str().to_owned());
    row.updated_at = Set(work.now);
    row.held_until = Set(None);
    let own = matches!(role, Role::Volunteer | Role::Guardian);
    if !own && action != ApplicationAction::Queue {
        row.decided_at = Set(Some(work.now));
        row.decided_by = Set(work.actor.account.map(|id| id.0));
        row.reason = Set(reason.map(str::to_owned));
    }
    let row = row.update(&work.tx).await?;
    if !after.is_live() {
        guardian::forget_address(work, row.id).await?;
    }
    let step = Step {
        subject: "application",
        id: row.id,
        municipality: Some(MunicipalityId(mission.municipality_id)),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason,
    };
    // A place came free: whoever gave it back decided nothing of who is next.
    if action == ApplicationAction::Offer {
        work.record_as_following(step).await?
    } else {
        work.record(step).await?
    }
    Ok(row)
}

/// One's own application with its mission and slots, held.
///
/// # Errors
/// `SignInFirst`; `NotFound` of what is not theirs.
pub async fn hold_own(
    work: &Work,
    id: ApplicationId,
) -> Result<(mission::Model, application::Model, Vec<slot::Model>)> {
    let account: AccountId = work.actor.signed_in().map_err(told)?;
    let own = || application::Entity::find_by_id(id.0).filter(application::Column::VolunteerId.eq(account.0));
    let missing = || told(AppError::NotFound);
    let mission = own().one(&work.tx).await?.ok_or_else(missing)?.mission_id;
    let mission = hold_mission(work, mission).await?;
    let row = own().lock_exclusive().one(&work.tx).await?.ok_or_else(missing)?;
    let slots = slots(&work.tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    Ok((mission, row, slots))
}

/// Applications in a state none of whose slots is among these, the oldest first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn without(
    db: &impl ConnectionTrait,
    status: ApplicationStatus,
    slots: SelectStatement,
    most: u64,
) -> Result<Vec<Uuid>> {
    let hopeful = application_slot::Entity::find()
        .select_only()
        .column(application_slot::Column::ApplicationId)
        .filter(application_slot::Column::SlotId.in_subquery(slots))
        .into_query();
    let rows = application::Entity::find()
        .filter(application::Column::Status.eq(status.as_str()))
        .filter(application::Column::Id.not_in_subquery(hopeful))
        .order_by_asc(application::Column::CreatedAt)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
