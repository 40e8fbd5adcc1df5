//! Who is expected at a slot, and what is noted.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    attendance::{
        Attendee, Mark, Note, Said, SheetOf, SlotAttendance,
        rules::{Timing, Window},
    },
    error::AppError,
    ids::{ApplicationId, MissionId, OrganisationId},
    missions::SlotKind,
    team::Duty,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use super::say;
use crate::{
    applications::queries,
    backend::Backend,
    entity::{application, application_slot, attendance, history, mission, slot},
    error::{Result, told},
    missions::{partners, queries as missions},
    reviews::queries::names,
};

/// How somebody who was counted on leaves before anything is said of them.
const LEFT: [ApplicationStatus; 2] = [ApplicationStatus::Withdrawn, ApplicationStatus::Cancelled];

/// Whether somebody on the sheet left; they can be noted all the same.
pub(super) fn has_left(row: &application::Model) -> bool {
    LEFT.contains(&queries::status(row))
}

/// A slot, its mission, and who answers for it.
pub(super) struct Found {
    pub mission: mission::Model,
    pub slot: slot::Model,
    pub organisation: OrganisationId,
}

impl Found {
    /// When it happens.
    pub fn timing(&self) -> Timing {
        timing(&self.slot)
    }
}

/// When a slot happens.
pub(super) fn timing(slot: &slot::Model) -> Timing {
    let kind = SlotKind::parse(&slot.kind).unwrap_or(SlotKind::Dated);
    Timing { kind, starts_at: slot.starts_at, ends_at: slot.ends_at }
}

/// The slot that a sheet is of, for admins of the organisation that answers for it.
///
/// # Errors
/// `SignInFirst`; `NotFound` for anybody else, and when the slot is not that mission's, or that organisation's.
pub(super) async fn find(db: &impl ConnectionTrait, actor: &Actor, sheet: SheetOf) -> Result<Found> {
    actor.require_organisation(sheet.organisation, Duty::Attend).map_err(told)?;
    let mission = missions::by_id(db, sheet.mission).await?;
    let slot = slot::Entity::find_by_id(sheet.slot.0).one(db).await?;
    let slot = slot.filter(|slot| slot.mission_id == mission.id && slot.cancelled_at.is_none());
    let slot = slot.ok_or_else(|| told(AppError::NotFound))?;
    if partners::holder(&mission, &slot) != sheet.organisation {
        return Err(told(AppError::NotFound));
    }
    Ok(Found { mission, slot, organisation: sheet.organisation })
}

/// The applications that have a place in a slot, or had one when it began; who was noted and then gave up what is still to come
/// stays on the sheet.
pub(super) fn expected(found: &Found) -> Select<application::Entity> {
    use ApplicationStatus::{Absent, Accepted, Attended};
    let left = history::Entity::find()
        .select_only()
        .column(history::Column::SubjectId)
        .filter(history::Column::Subject.eq("application"))
        .filter(history::Column::SubjectId.in_subquery(naming(found.slot.id)))
        .filter(history::Column::FromState.eq(Accepted.as_str()))
        .filter(history::Column::ToState.is_in(LEFT.map(ApplicationStatus::as_str)))
        .filter(history::Column::At.gt(found.slot.starts_at))
        .into_query();
    let noted = attendance::Entity::find()
        .select_only()
        .column(attendance::Column::ApplicationId)
        .filter(attendance::Column::SlotId.eq(found.slot.id))
        .into_query();
    let stays = Condition::any()
        .add(application::Column::Status.is_in([Accepted, Attended, Absent].map(ApplicationStatus::as_str)))
        .add(application::Column::Id.in_subquery(noted))
        .add(application::Column::Id.in_subquery(left));
    application::Entity::find()
        .filter(partners::answered_by(&found.mission, found.organisation))
        .filter(stays)
        .filter(application::Column::Id.in_subquery(naming(found.slot.id)))
        .order_by_asc(application::Column::Id)
}

/// The ids of the applications that name a slot.
fn naming(slot: Uuid) -> SelectStatement {
    application_slot::Entity::find()
        .select_only()
        .column(application_slot::Column::ApplicationId)
        .filter(application_slot::Column::SlotId.eq(slot))
        .into_query()
}

/// What is noted at a slot, by application.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn notes(db: &impl ConnectionTrait, slot: Uuid) -> Result<HashMap<Uuid, attendance::Model>> {
    let rows = attendance::Entity::find().filter(attendance::Column::SlotId.eq(slot)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.application_id, row)).collect())
}

/// The sheet.
pub async fn sheet(backend: &Backend, actor: &Actor, sheet: SheetOf) -> Result<SlotAttendance> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let found = find(db, actor, sheet).await?;
    let rows = expected(&found).all(db).await?;
    let notes = notes(db, found.slot.id).await?;
    let people = people(db, &rows, &notes, &say::at(db, found.slot.id).await?).await?;
    let timing = found.timing();
    let (opens_at, closed_at) = match timing.window(now) {
        Window::From(at) => (Some(at), None),
        Window::Open => (None, None),
        Window::Since(at) => (None, Some(at)),
    };
    // Who left is noted or not, as the organisation knows it.
    let waits = |person: &Attendee| person.note.as_ref().map_or(person.left_at.is_none(), |note| !note.validated);
    let open = people.iter().any(waits);
    Ok(SlotAttendance {
        by: actor.signed_in().map_err(told)?,
        organisation: found.organisation,
        helper: !actor.may(found.organisation, Duty::Missions),
        mission: (MissionId(found.mission.id), found.mission.title.clone()),
        slot: missions::line(&found.slot),
        may_validate: open && timing.may_validate(now),
        usual: timing.usual(),
        people,
        opens_at,
        closed_at,
        now,
    })
}

async fn people(
    db: &impl ConnectionTrait,
    rows: &[application::Model],
    notes: &HashMap<Uuid, attendance::Model>,
    said: &HashMap<Uuid, Said>,
) -> Result<Vec<Attendee>> {
    let accounts = queries::senders(db, rows).await?;
    let writers = names(db, notes.values().map(|note| note.marked_by).collect()).await?;
    let mut people: Vec<(String, Attendee)> = rows
        .iter()
        .filter_map(|row| {
            let (account, profile) = accounts.get(&row.volunteer_id)?;
            let live = queries::status(row).is_live();
            let person = Attendee {
                application: ApplicationId(row.id),
                name: queries::seen_name(account, live),
                phone: profile.as_ref().filter(|_| live).and_then(|profile| profile.phone.clone()),
                note: notes.get(&row.id).and_then(|note| shown(note, &writers)),
                left_at: has_left(row).then_some(row.updated_at),
                said: said.get(&row.id).copied(),
            };
            Some((account.family_name.to_lowercase(), person))
        })
        .collect();
    people.sort_by(|a, b| (&a.0, &a.1.name, a.1.application).cmp(&(&b.0, &b.1.name, b.1.application)));
    Ok(people.into_iter().map(|(_, person)| person).collect())
}

fn shown(note: &attendance::Model, writers: &HashMap<Uuid, String>) -> Option<Note> {
    Some(Note {
        mark: Mark::parse(&note.mark)?,
        minutes: u32::try_from(note.minutes).unwrap_or_default(),
        version: u32::try_from(note.version).unwrap_or_default(),
        by: writers.get(&note.marked_by).cloned().unwrap_or_default(),
        at: note.marked_at,
        validated: note.validated_at.is_some(),
    })
}
