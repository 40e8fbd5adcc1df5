//! The volunteer's own calendar: a secret address that calendar programs follow, and one application, or a slot of it, to be
//! kept in one.

mod ics;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::{Actor, Locale},
    applications::{ApplicationStatus, OwnApplication},
    error::AppError,
    ids::{AccountId, ApplicationId, SlotId},
    missions::{SlotKind, SlotLine},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{queries, show::Around};
use crate::{
    accounts::tokens,
    backend::Backend,
    entity::{account, application, calendar_feed, called_off_slot, slot},
    error::{Result, told},
    missions::partners,
    store::Work,
};

/// How long what is over stays in the calendar.
const SHOWN_FOR: TimeDelta = TimeDelta::days(30);

/// What is in the calendar: what one is counted on for, came to, or was called off.
const SHOWN: [ApplicationStatus; 3] =
    [ApplicationStatus::Accepted, ApplicationStatus::Attended, ApplicationStatus::Cancelled];

/// An application in the calendar.
#[derive(Debug)]
pub struct Entry {
    /// What the volunteer's space shows of it.
    pub own: OwnApplication,
    /// When the application, its mission or one of its slots last changed, UTC.
    pub modified: DateTime<Utc>,
    /// When the application was called off, UTC.
    pub off_since: Option<DateTime<Utc>>,
    /// Those of its slots that were taken out of it.
    pub off: HashSet<SlotId>,
    /// Those of its slots whose organisation is suspended.
    pub suspended: Vec<SlotId>,
    /// The instant at which it is read, UTC.
    pub now: DateTime<Utc>,
}

/// Gives a new address, or takes it away.
pub async fn set(backend: &Backend, actor: &Actor, on: bool) -> Result<()> {
    use calendar_feed::Column;
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    if on {
        let row = calendar_feed::ActiveModel {
            account_id: Set(account.0),
            secret: Set(tokens::secret()),
            created_at: Set(work.now),
        };
        let anew = OnConflict::column(Column::AccountId).update_columns([Column::Secret, Column::CreatedAt]).to_owned();
        calendar_feed::Entity::insert(row).on_conflict(anew).exec_without_returning(&work.tx).await?;
    } else {
        calendar_feed::Entity::delete_by_id(account.0).exec(&work.tx).await?;
    }
    work.commit().await
}

/// The whole address of somebody's calendar, while it is on.
///
/// # Errors
/// When the database cannot be reached.
pub async fn address(backend: &Backend, account: AccountId) -> Result<Option<String>> {
    let row = calendar_feed::Entity::find_by_id(account.0).one(backend.store.read()).await?;
    Ok(row.map(|row| format!("{}{}", backend.settings.public_url, app::routes::calendar(&row.secret))))
}

/// The calendar behind a secret, as a file.
///
/// # Errors
/// `NotFound` when the secret is no longer, or was never, one.
pub async fn feed(backend: &Backend, secret: &str) -> Result<String> {
    let missing = || told(AppError::NotFound);
    let db = backend.store.read();
    // What is no secret is not asked for: PostgreSQL refuses a text with a NUL.
    if secret.is_empty() || !secret.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(missing());
    }
    let row = calendar_feed::Entity::find().filter(calendar_feed::Column::Secret.eq(secret)).one(db).await?;
    let account = account::Entity::find_by_id(row.ok_or_else(missing)?.account_id)
        .filter(account::Column::DisabledAt.is_null())
        .one(db)
        .await?
        .ok_or_else(missing)?;
    let rows = application::Entity::find()
        .filter(application::Column::VolunteerId.eq(account.id))
        .filter(application::Column::Status.is_in(SHOWN.iter().map(|status| status.as_str())))
        .order_by_asc(application::Column::Id)
        .all(db)
        .await?;
    let now = backend.clock.now();
    let mut entries = entries(db, rows, now).await?;
    for entry in &mut entries {
        entry.own.slots.retain(|slot| slot.ends_at > now - SHOWN_FOR);
    }
    let locale = Locale::parse(&account.locale).unwrap_or_default();
    Ok(ics::write(locale, &backend.settings.public_url, &entries))
}

/// One accepted application of one's own, or one slot of it, as a file and its name.
///
/// # Errors
/// `SignInFirst`; `NotFound` when it is not one's own or not accepted, or has no such dated slot.
pub async fn of_application(backend: &Backend, actor: &Actor, id: &str, slot: &str) -> Result<(String, Vec<u8>)> {
    let account = actor.signed_in().map_err(told)?;
    let missing = || told(AppError::NotFound);
    let id: ApplicationId = id.parse().map_err(|_| missing())?;
    let db = backend.store.read();
    let row = application::Entity::find_by_id(id.0)
        .filter(application::Column::VolunteerId.eq(account.0))
        .filter(application::Column::Status.eq(ApplicationStatus::Accepted.as_str()))
        .one(db)
        .await?
        .ok_or_else(missing)?;
    let mut entries = entries(db, vec![row], backend.clock.now()).await?;
    if !slot.is_empty() {
        let slot: SlotId = slot.parse().map_err(|_| missing())?;
        let wanted = |line: &SlotLine| line.id == slot && line.kind == SlotKind::Dated;
        entries.iter_mut().for_each(|entry| entry.own.slots.retain(wanted));
        if entries.iter().all(|entry| entry.own.slots.is_empty()) {
            return Err(missing());
        }
    }
    let name = entries.first().map(|entry| entry.own.mission.1.clone()).unwrap_or_default();
    let file = ics::write(actor.locale, &backend.settings.public_url, &entries);
    Ok((format!("{name}.ics"), file.into_bytes()))
}

/// What the calendar says of applications.
async fn entries(db: &impl ConnectionTrait, rows: Vec<application::Model>, now: DateTime<Utc>) -> Result<Vec<Entry>> {
    let mut slots = queries::slots(db, rows.iter().map(|row| row.id).collect()).await?;
    let off = add_called_off(db, &rows, &mut slots).await?;
    let around = Around::of(db, rows.iter().map(|row| row.mission_id).collect(), now).await?;
    let offered = partners::only_offered(db, slots.values().flatten().cloned().collect()).await?;
    let offered: HashSet<Uuid> = offered.into_iter().map(|slot| slot.id).collect();
    let entry = |row: application::Model| {
        let slots = slots.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let suspended = slots.iter().map(|slot| slot.id).filter(|id| !offered.contains(id)).map(SlotId).collect();
        let off_since = (queries::status(&row) == ApplicationStatus::Cancelled).then_some(row.updated_at);
        let changed = slots.iter().filter_map(|slot| slot.cancelled_at).chain(around.updated_at(&row));
        let modified = changed.fold(row.updated_at, DateTime::max);
        let off = off.iter().filter(|(id, _)| *id == row.id).map(|(_, slot)| SlotId(*slot)).collect();
        Some(Entry { own: around.own(row, slots)?, modified, off_since, off, suspended, now })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

/// Adds to the slots of applications those that were taken out of them: which, by application.
async fn add_called_off(
    db: &impl ConnectionTrait,
    rows: &[application::Model],
    slots: &mut HashMap<Uuid, Vec<slot::Model>>,
) -> Result<Vec<(Uuid, Uuid)>> {
    let off = called_off_slot::Entity::find()
        .filter(called_off_slot::Column::ApplicationId.is_in(rows.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let known: HashMap<Uuid, slot::Model> = slot::Entity::find()
        .filter(slot::Column::Id.is_in(off.iter().map(|row| row.slot_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    for row in &off {
        slots.entry(row.application_id).or_default().extend(known.get(&row.slot_id).cloned());
    }
    Ok(off.into_iter().map(|row| (row.application_id, row.slot_id)).collect())
}
