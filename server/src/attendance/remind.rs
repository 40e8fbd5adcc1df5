//! Organisations are reminded of hours that they have not validated: once for each slot, in one letter a day.

use std::collections::{BTreeSet, HashMap};

use app::{
    i18n::{Texts, k::attendance as a},
    routes,
    ui::time,
};
use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Grant, Locale},
    attendance::rules::{REMINDED_AFTER, REMINDED_UNTIL, reminding_since},
    ids::OrganisationId,
    missions::MissionStatus,
    organisations::OrganisationStatus,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use super::to_note::{held_by, unsettled};
use crate::{
    accounts::queries::holders,
    backend::Backend,
    entity::{history, mission, organisation, slot},
    error::Result,
    mail::{Mail, MailKind},
    missions::{partners, queries as missions},
    organisations::queries as organisations,
    store::{Step, Work},
};

/// What the history of a slot says; it is also what keeps a slot from being told of twice.
const REMINDED: &str = "hours_reminded";

/// A slot that is over, and how many people of it are not settled.
struct Unsettled {
    mission: mission::Model,
    slot: slot::Model,
    people: u32,
}

/// Sends what is due. How many slots the letters are about.
///
/// # Errors
/// When the database cannot be reached.
pub async fn remind(backend: &Backend) -> Result<usize> {
    let Some(morning) = reminding_since(backend.clock.now()) else { return Ok(0) };
    let db = backend.store.read();
    let waiting = waiting(db, Condition::all(), morning).await?;
    let holders: BTreeSet<Uuid> = waiting.iter().map(|one| partners::holder(&one.mission, &one.slot).0).collect();
    let mut told = 0;
    for id in holders {
        // One that fails keeps no other waiting.
        match tell_one(backend, OrganisationId(id), morning).await {
            Ok(slots) => told += slots,
            Err(error) => tracing::error!(?error, organisation = %id, "nobody is reminded of hours to validate"),
        }
    }
    Ok(told)
}

/// The lines of the history that say that somebody was reminded, from an instant on.
fn reminders(since: DateTime<Utc>) -> sea_orm::Select<history::Entity> {
    history::Entity::find()
        .filter(history::Column::Subject.eq("slot"))
        .filter(history::Column::ToState.eq(REMINDED))
        .filter(history::Column::At.gte(since))
}

/// The slots, of some, that are due and that nobody was told of, the oldest first. What is suspended or called off does not wait.
async fn waiting(db: &impl ConnectionTrait, of: Condition, morning: DateTime<Utc>) -> Result<Vec<Unsettled>> {
    let since = morning - REMINDED_UNTIL;
    let told = reminders(since).select_only().column(history::Column::SubjectId).into_query();
    let slots = slot::Entity::find()
        .filter(of)
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::EndsAt.gt(since))
        .filter(slot::Column::EndsAt.lte(morning - REMINDED_AFTER))
        .filter(slot::Column::Id.not_in_subquery(told))
        .order_by_asc(slot::Column::EndsAt)
        .order_by_asc(slot::Column::Id)
        .all(db)
        .await?;
    if slots.is_empty() {
        return Ok(Vec::new());
    }
    let people = unsettled(db, slots.iter().map(|slot| slot.id).collect()).await?;
    let takes_place = [MissionStatus::Published, MissionStatus::Closed].map(MissionStatus::as_str);
    let found = mission::Entity::find()
        .filter(mission::Column::Id.is_in(slots.iter().map(|slot| slot.mission_id)))
        .filter(mission::Column::Status.is_in(takes_place));
    let found: HashMap<Uuid, mission::Model> = found.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let one = |slot: slot::Model| {
        let people = people.get(&slot.id).copied()?;
        Some(Unsettled { mission: found.get(&slot.mission_id)?.clone(), slot, people })
    };
    Ok(slots.into_iter().filter_map(one).collect())
}

/// One organisation, one transaction, one letter a day.
async fn tell_one(backend: &Backend, id: OrganisationId, morning: DateTime<Utc>) -> Result<usize> {
    let work = Work::begin(backend, &Actor::default()).await?;
    // Held, so that of two servers one finds what the other has told.
    let row = organisation::Entity::find_by_id(id.0).lock_exclusive().one(&work.tx).await?;
    let row = row.filter(|row| organisations::status(row) == OrganisationStatus::Approved);
    let Some(row) = row else { return Ok(0) };
    let held: SelectStatement =
        slot::Entity::find().select_only().column(slot::Column::Id).filter(held_by(id)).into_query();
    let today = reminders(morning).filter(history::Column::SubjectId.in_subquery(held));
    if today.one(&work.tx).await?.is_some() {
        return Ok(0);
    }
    let waiting = waiting(&work.tx, held_by(id), morning).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    tell(&work, &row, &waiting).await?;
    for one in &waiting {
        work.record(Step {
            subject: "slot",
            id: one.slot.id,
            municipality: Some(one.mission.municipality_id.into()),
            from: None,
            to: REMINDED,
            reason: None,
        })
        .await?;
    }
    work.commit().await?;
    Ok(waiting.len())
}

/// Writes to the admins: to the sheet where it is one, else to their space, which lists them.
async fn tell(work: &Work, organisation: &organisation::Model, waiting: &[Unsettled]) -> Result<()> {
    let id = OrganisationId(organisation.id);
    let path = match waiting {
        [one] => routes::attendance(id, one.mission.id.into(), one.slot.id.into()),
        _ => routes::organisation_space(id),
    };
    for person in holders(&work.tx, Grant::OrganisationAdmin(id)).await? {
        let locale = Locale::parse(&person.locale).unwrap_or_default();
        let t = Texts(locale);
        let line = |one: &Unsettled| {
            let slot = missions::line(&one.slot);
            let when = time::slot(t, slot.kind, slot.starts_at, slot.ends_at);
            format!("• {}, {when} ({})", one.mission.title, t.count(a::TO_NOTE_PEOPLE, one.people))
        };
        let list = waiting.iter().map(line).collect::<Vec<_>>().join("\n");
        let facts = [("organisation", organisation.name.as_str()), ("list", list.as_str())];
        work.mail(&person.email, locale, Mail { kind: MailKind::HoursToValidate, facts: &facts, path: &path }).await?;
    }
    Ok(())
}
