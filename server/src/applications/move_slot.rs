use domain::{
    actor::Actor,
    applications::{ApplicationForm, ApplicationStatus, MoveForm},
    error::{AppError, Conflict, Problem},
    ids::{ApplicationId, SlotId},
};

use super::{apply, asked, further, leave_slot, queries, waiting};
use crate::{
    backend::Backend,
    entity::slot,
    error::{Result, told},
    store::Work,
};

/// Takes one slot instead of another: whatever stands against it, everything stays as it was.
pub async fn move_slot(backend: &Backend, actor: &Actor, id: ApplicationId, form: MoveForm) -> Result<()> {
    let refused = |field, problem| told(AppError::field(field, problem));
    let from = form.from.parse::<SlotId>();
    let form = ApplicationForm::from(form);
    let account = asked::within_limits(backend, actor, &form).await?;
    let work = Work::begin(backend, actor).await?;
    let (mission, row, slots) = queries::hold_own(&work, id).await?;
    let from = from.map_err(|_| refused("from", Problem::Required))?;
    let left = slots.iter().find(|slot| slot.id == from.0).ok_or_else(|| told(AppError::NotFound))?;
    leave_slot::may_leave(&work, &row, left).await?;
    if !matches!(queries::status(&row), ApplicationStatus::Pending | ApplicationStatus::Accepted) {
        return Err(told(Conflict::NotInThisState));
    }
    let asked = asked::asked(&work, &mission, account, &form).await?;
    further::may_ask(&work, &mission, account, &asked).await?;
    // Two people who change places with each other hold both slots in the same order.
    let both: Vec<_> = asked.slots.iter().map(|slot| slot.id).chain([left.id]).collect();
    waiting::hold_lists(&work, &both).await?;
    let kept: Vec<slot::Model> = slots.iter().filter(|slot| slot.id != left.id).cloned().collect();
    let found = apply::judged(&work, &mission, &asked, (Some(row.id), &kept)).await?;
    if found.full {
        return Err(refused("slots", Problem::SlotFull));
    }
    if !further::shares(&work, &mission, &row, (&asked, &found)).await? {
        return Err(told(Conflict::AnswerFirst));
    }
    let row = further::take_in(&work, row, &mission, (&asked, &found)).await?;
    leave_slot::leave(&work, &mission, &row, left).await?;
    work.commit().await
}
