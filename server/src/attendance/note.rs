//! Noting who came. What is sent twice, by an impatient thumb or a phone that was offline, is noted once.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    attendance::{AttendanceForm, Noted, Saved, SheetOf, rules::Window},
    error::{AppError, Conflict},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect};
use uuid::Uuid;

use super::sheet::{Found, expected, find, has_left, notes};
use crate::{
    applications::queries,
    backend::Backend,
    entity::{application, attendance},
    error::{Result, told},
    store::Work,
};

/// A sheet that is open, held: its people, and what is noted of them.
pub(super) struct Held {
    pub found: Found,
    pub people: Vec<application::Model>,
    pub notes: HashMap<Uuid, attendance::Model>,
}

/// Notes who came.
pub async fn note(backend: &Backend, actor: &Actor, sheet: SheetOf, form: AttendanceForm) -> Result<Saved> {
    let work = Work::begin(backend, actor).await?;
    let mut held = hold(&work, sheet).await?;
    let noted = form.read(held.found.timing()).map_err(|errors| told(AppError::Invalid(errors)))?;
    form.thanks().map_err(|errors| told(AppError::Invalid(errors)))?;
    let saved = write(&work, &mut held, &noted).await?;
    work.commit().await?;
    Ok(saved)
}

/// The people of an open sheet, held in the order of ids.
///
/// # Errors
/// `NotFound` for others than those who answer for the slot; `NotYetNoted` too early, `NotInThisState` too late.
pub(super) async fn hold(work: &Work, sheet: SheetOf) -> Result<Held> {
    queries::hold_mission(work, sheet.mission.0).await?;
    let found = find(&work.tx, &work.actor, sheet).await?;
    match found.timing().window(work.now) {
        Window::From(_) => return Err(told(Conflict::NotYetNoted)),
        Window::Since(_) => return Err(told(Conflict::NotInThisState)),
        Window::Open => {}
    }
    expected(&found).lock_exclusive().all(&work.tx).await?;
    // Who left the slot while their row was waited for is not expected any more.
    let people = expected(&found).all(&work.tx).await?;
    let notes = notes(&work.tx, found.slot.id).await?;
    Ok(Held { found, people, notes })
}

/// Writes notes: whose page did not show the last one writes nothing over it.
///
/// # Errors
/// `NotFound` when somebody was never expected at this slot.
pub(super) async fn write(work: &Work, held: &mut Held, noted: &[Noted]) -> Result<Saved> {
    let by = work.actor.signed_in().map_err(told)?;
    let mut saved = Saved::default();
    for noted in noted {
        let row = held.people.iter().find(|row| row.id == noted.application.0);
        let Some(row) = row else {
            saved.changed += gone(work, held, noted).await?;
            continue;
        };
        let before = held.notes.get(&row.id);
        if before.is_some_and(|note| note.mark == noted.mark.as_str() && minutes(note) == noted.minutes) {
            saved.done += 1;
            continue;
        }
        let version = before.map_or(0, |note| u32::try_from(note.version).unwrap_or_default());
        let over = before.is_some_and(|note| note.validated_at.is_some());
        let open = queries::status(row) == ApplicationStatus::Accepted || has_left(row);
        if over || !open || version != noted.seen {
            saved.changed += 1;
            continue;
        }
        let mut note = before.cloned().map_or_else(
            || attendance::ActiveModel {
                application_id: Set(row.id),
                slot_id: Set(held.found.slot.id),
                ..Default::default()
            },
            IntoActiveModel::into_active_model,
        );
        note.mark = Set(noted.mark.as_str().to_owned());
        note.minutes = Set(i32::try_from(noted.minutes).unwrap_or(i32::MAX));
        note.version = Set(i32::try_from(version + 1).unwrap_or(i32::MAX));
        note.marked_by = Set(by.0);
        note.marked_at = Set(work.now);
        let note = if before.is_some() { note.update(&work.tx).await? } else { note.insert(&work.tx).await? };
        held.notes.insert(row.id, note);
        saved.done += 1;
    }
    Ok(saved)
}

fn minutes(note: &attendance::Model) -> u32 {
    u32::try_from(note.minutes).unwrap_or_default()
}

/// Somebody who is not expected: they withdrew since the page was shown, or never were.
async fn gone(work: &Work, held: &Held, noted: &Noted) -> Result<u32> {
    let row = application::Entity::find_by_id(noted.application.0).one(&work.tx).await?;
    match row {
        Some(row) if row.mission_id == held.found.mission.id => Ok(1),
        _ => Err(told(AppError::NotFound)),
    }
}
