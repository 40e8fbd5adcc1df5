//! Reminders: before a slot of an accepted application, and the morning after. One row per application, slot and kind is
//! written with the e-mail: its key is what keeps two servers from sending it twice.

use std::collections::{BTreeSet, HashMap, HashSet};

use app::i18n::{Texts, k::mails as m};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::{Actor, Locale},
    applications::{ApplicationStatus, reminders::Reminder},
    ids::AccountId,
    messages::Door,
    missions::{MissionStatus, SlotKind},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{OnConflict, SelectStatement},
};
use uuid::Uuid;

use super::{
    queries,
    tell::{Affair, lines},
};
use crate::{
    accounts::queries::reach,
    backend::Backend,
    crisis::queries as crisis,
    entity::{
        account, application, application_slot, attendance, history, mission, municipality, reminder, slot, volunteer,
    },
    error::Result,
    mail::{Mail, MailKind},
    missions::{partners, queries as missions},
    store::Work,
};

/// How long it is known that one was sent: far longer than any may be due.
const KEPT: TimeDelta = TimeDelta::days(60);

/// Sends what is due. How many e-mails.
///
/// # Errors
/// When the database cannot be reached.
pub async fn turn(backend: &Backend) -> Result<u64> {
    let mut sent = 0;
    for kind in Reminder::ALL.iter().copied() {
        for id in due(backend, kind).await? {
            // One that fails keeps nobody else waiting.
            match remind(backend, kind, id).await {
                Ok(done) => sent += u64::from(done),
                Err(error) => tracing::error!(?error, application = %id, "a reminder is not sent"),
            }
        }
    }
    Ok(sent)
}

/// Forgets what was sent long ago.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<()> {
    reminder::Entity::delete_many().filter(reminder::Column::SentAt.lte(now - KEPT)).exec(tx).await?;
    Ok(())
}

/// Missions that take place: what is suspended or cancelled does not.
const fn takes_place(status: MissionStatus) -> bool {
    matches!(status, MissionStatus::Published | MissionStatus::Closed)
}

/// The ids of accepted applications to missions that take place, of people who want to be reminded.
fn counted_on() -> SelectStatement {
    let states = MissionStatus::ALL.iter().filter(|status| takes_place(**status)).map(|status| status.as_str());
    let missions = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::Status.is_in(states))
        .into_query();
    application::Entity::find()
        .select_only()
        .column(application::Column::Id)
        .filter(application::Column::Status.eq(ApplicationStatus::Accepted.as_str()))
        .filter(application::Column::MissionId.in_subquery(missions))
        .filter(application::Column::VolunteerId.not_in_subquery(left_in_peace()))
        .filter(application::Column::VolunteerId.not_in_subquery(disabled()))
        .into_query()
}

/// The accounts of who does not want to be reminded.
fn left_in_peace() -> SelectStatement {
    volunteer::Entity::find()
        .select_only()
        .column(volunteer::Column::AccountId)
        .filter(volunteer::Column::Reminders.eq(false))
        .into_query()
}

/// The accounts that nobody can use any more.
fn disabled() -> SelectStatement {
    account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::DisabledAt.is_not_null())
        .into_query()
}

/// The applications for which one is due, as far as can be said without holding anything.
async fn due(backend: &Backend, kind: Reminder) -> Result<Vec<Uuid>> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let (from, until) = kind.reach(now);
    let when = if kind == Reminder::DayAfter { slot::Column::EndsAt } else { slot::Column::StartsAt };
    let near = || {
        slot::Entity::find()
            .filter(slot::Column::Kind.eq(SlotKind::Dated.as_str()))
            .filter(slot::Column::CancelledAt.is_null())
            .filter(when.gte(from))
            .filter(when.lte(until))
    };
    let slots: HashMap<Uuid, slot::Model> = near().all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let named = near().select_only().column(slot::Column::Id).into_query();
    let told: HashSet<(Uuid, Uuid)> = reminder::Entity::find()
        .filter(reminder::Column::Kind.eq(kind.as_str()))
        .filter(reminder::Column::SlotId.in_subquery(named.clone()))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.application_id, row.slot_id))
        .collect();
    let mut links = application_slot::Entity::find()
        .filter(application_slot::Column::SlotId.in_subquery(named))
        .filter(application_slot::Column::ApplicationId.in_subquery(counted_on()))
        .all(db)
        .await?;
    links.retain(|link| {
        let in_time = slots.get(&link.slot_id).is_some_and(|slot| {
            let (from, until) = kind.window((slot.starts_at, slot.ends_at));
            from <= now && now < until
        });
        in_time && !told.contains(&(link.application_id, link.slot_id))
    });
    let ids: BTreeSet<Uuid> = links.iter().map(|link| link.application_id).collect();
    let rows = application::Entity::find().filter(application::Column::Id.is_in(ids)).all(db).await?;
    let accepted = accepted_at(db, &rows).await?;
    let due = |link: &application_slot::Model| {
        let slot = slots.get(&link.slot_id).map(|slot| (slot.starts_at, slot.ends_at));
        slot.zip(accepted.get(&link.application_id)).is_some_and(|(slot, then)| kind.is_due(slot, *then, now))
    };
    let ids: BTreeSet<Uuid> = links.iter().filter(|link| due(link)).map(|link| link.application_id).collect();
    Ok(ids.into_iter().collect())
}

/// When applications were accepted: as the history has it, else when they last changed.
pub(super) async fn accepted_at(
    db: &impl ConnectionTrait,
    accepted: &[application::Model],
) -> Result<HashMap<Uuid, DateTime<Utc>>> {
    let steps = history::Entity::find()
        .filter(history::Column::Subject.eq("application"))
        .filter(history::Column::SubjectId.is_in(accepted.iter().map(|row| row.id)))
        .filter(history::Column::ToState.eq(ApplicationStatus::Accepted.as_str()))
        .order_by_asc(history::Column::At)
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, DateTime<Utc>> = accepted.iter().map(|row| (row.id, row.updated_at)).collect();
    found.extend(steps.into_iter().map(|step| (step.subject_id, step.at)));
    Ok(found)
}

/// Reminds one person of the slots of one application that are due, and of those that may go along.
async fn remind(backend: &Backend, kind: Reminder, id: Uuid) -> Result<bool> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let Some(found) = application::Entity::find_by_id(id).one(&work.tx).await? else { return Ok(false) };
    let mission = queries::hold_mission(&work, found.mission_id).await?;
    let Some(row) = application::Entity::find_by_id(id).lock_exclusive().one(&work.tx).await? else {
        return Ok(false);
    };
    if queries::status(&row) != ApplicationStatus::Accepted || !takes_place(missions::status(&mission)) {
        return Ok(false);
    }
    // What must be known is no reminder: what is called off, a place that is offered.
    let volunteer = volunteer::Entity::find_by_id(row.volunteer_id).one(&work.tx).await?;
    if volunteer.is_some_and(|volunteer| !volunteer.reminders)
        || reach(&work.tx, AccountId(row.volunteer_id)).await?.is_none()
    {
        return Ok(false);
    }
    let accepted = accepted_at(&work.tx, std::slice::from_ref(&row)).await?.remove(&id).unwrap_or(row.updated_at);
    let span = |slot: &slot::Model| (slot.starts_at, slot.ends_at);
    let mut slots = queries::slots(&work.tx, vec![id]).await?.remove(&id).unwrap_or_default();
    slots.retain(|slot| {
        let dated = slot.kind == SlotKind::Dated.as_str() && slot.cancelled_at.is_none();
        dated && kind.may_go_along(span(slot), accepted, work.now)
    });
    let mut slots = takes_them(&work, kind, &mission, &row, slots).await?;
    let fresh = note(&work, kind, id, &slots).await?;
    slots.retain(|slot| fresh.contains(&slot.id));
    if !slots.iter().any(|slot| kind.is_due(span(slot), accepted, work.now)) {
        return Ok(false);
    }
    tell(&work, kind, &mission, &row, &slots).await?;
    work.commit().await?;
    Ok(true)
}

/// Of some slots, those to which this person is really expected: not a suspended partner's, nor, while measures hold, those
/// from which measures keep them.
async fn takes_them(
    work: &Work,
    kind: Reminder,
    mission: &mission::Model,
    row: &application::Model,
    slots: Vec<slot::Model>,
) -> Result<Vec<slot::Model>> {
    let mut slots = partners::only_offered(&work.tx, slots).await?;
    if kind == Reminder::DayAfter {
        // Whose hours are validated has been told.
        let settled = attendance::Entity::find()
            .filter(attendance::Column::ApplicationId.eq(row.id))
            .filter(attendance::Column::ValidatedAt.is_not_null())
            .all(&work.tx)
            .await?;
        slots.retain(|slot| !settled.iter().any(|note| note.slot_id == slot.id));
    }
    let profile = volunteer::Entity::find_by_id(row.volunteer_id).one(&work.tx).await?;
    if let Some(profile) = profile.filter(|_| kind != Reminder::DayAfter) {
        let measures = crisis::of_town(&work.tx, mission.municipality_id.into(), work.now).await?;
        slots.retain(|slot| {
            measures.may_take(profile.birth_date, mission.remote, (slot.starts_at, slot.ends_at)).is_ok()
        });
    }
    Ok(slots)
}

/// Notes what is sent: the ids of slots for which nobody had.
async fn note(work: &Work, kind: Reminder, application: Uuid, slots: &[slot::Model]) -> Result<HashSet<Uuid>> {
    use reminder::Column;
    let mut fresh = HashSet::new();
    for slot in slots {
        let row = reminder::ActiveModel {
            application_id: Set(application),
            slot_id: Set(slot.id),
            kind: Set(kind.as_str().to_owned()),
            sent_at: Set(work.now),
        };
        let once = OnConflict::columns([Column::ApplicationId, Column::SlotId, Column::Kind]).do_nothing().to_owned();
        if reminder::Entity::insert(row).on_conflict(once).exec_without_returning(&work.tx).await? == 1 {
            fresh.insert(slot.id);
        }
    }
    Ok(fresh)
}

async fn tell(
    work: &Work,
    kind: Reminder,
    mission: &mission::Model,
    row: &application::Model,
    slots: &[slot::Model],
) -> Result<()> {
    let affair = Affair::read(work, mission, row, slots).await?;
    let locale = affair.locale();
    let t = Texts(locale);
    let lines = lines(locale, slots);
    let place = place(work, locale, mission).await?;
    let practical = if affair.practical.is_empty() {
        String::new()
    } else {
        t.with(m::REMINDER_PRACTICAL, &[("practical", &affair.practical)])
    };
    let facts = [
        ("name", affair.volunteer.given_name.as_str()),
        ("mission", &mission.title),
        ("organisation", &affair.organisation),
        ("slots", &lines),
        ("place", &place),
        ("practical", &practical),
        ("messages", &work.link(&app::routes::messages(row.id.into(), Door::Volunteer))),
        ("profile", &work.link(app::routes::MY_PROFILE)),
    ];
    let kind = match kind {
        Reminder::TwoDays => MailKind::SlotInTwoDays,
        Reminder::ThreeHours => MailKind::SlotInThreeHours,
        Reminder::DayAfter => MailKind::SlotDayAfter,
    };
    // There they answer what it asks.
    let card = app::routes::own_application(row.id.into());
    let path = if kind == MailKind::SlotDayAfter { card.as_str() } else { app::routes::MY_SPACE };
    work.mail(&affair.volunteer.email, locale, Mail { kind, facts: &facts, path }).await
}

/// Where a mission takes place, in words.
async fn place(work: &Work, locale: Locale, mission: &mission::Model) -> Result<String> {
    if mission.remote {
        return Ok(Texts(locale).get(m::REMINDER_REMOTE).to_owned());
    }
    let town = municipality::Entity::find_by_id(mission.municipality_id).one(&work.tx).await?;
    let town = town.map(|town| town.name).unwrap_or_default();
    let address = match mission.published_version_id {
        Some(version) => missions::content(&missions::version(&work.tx, version).await?)?.address,
        None => String::new(),
    };
    Ok(domain::missions::place(&address, None, &town))
}
