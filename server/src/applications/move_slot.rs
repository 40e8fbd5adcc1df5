use domain::{
    actor::Actor,
    applications::{ApplicationForm, MoveForm},
    error::{AppError, Problem},
    ids::{ApplicationId, SlotId},
};

use super::{asked, further, leave_slot, queries, waiting};
use crate::{
    backend::Backend,
    entity::slot,
    error::{Result, told},
    store::Work,
};

/// Takes one slot instead of another: whatever stands against it, everything stays as it was.
pub async fn move_slot(backend: &Backend, actor: &Actor, id: ApplicationId, form: MoveForm) -> Result<()> {
    let from = form.from.parse::<SlotId>();
    let form = ApplicationForm::from(form);
    asked::within_limits(backend, actor, &form).await?;
    let work = Work::begin(backend, actor).await?;
    let (mission, row, slots) = queries::hold_own(&work, id).await?;
    let from = from.map_err(|_| told(AppError::field("from", Problem::Required)))?;
    let left = slots.iter().find(|slot| slot.id == from.0).ok_or_else(|| told(AppError::NotFound))?;
    leave_slot::may_leave(&work, &row, left).await?;
    let asked = further::beside(&work, &mission, (&row, &slots), &form).await?;
    // Two people who change places with each other hold both slots in the same order.
    let both: Vec<_> = asked.slots.iter().map(|slot| slot.id).chain([left.id]).collect();
    waiting::hold_lists(&work, &both).await?;
    let kept: Vec<slot::Model> = slots.iter().filter(|slot| slot.id != left.id).cloned().collect();
    let row = further::take_in(&work, row, &mission, &asked, &kept).await?;
    leave_slot::leave(&work, &mission, &row, left).await?;
    work.commit().await
}
