//! More of a slot that is there.

use chrono::Days;
use domain::{
    actor::Actor,
    error::{AppError, FieldErrors},
    ids::{MissionId, SlotId},
    missions::SlotKind,
    paris,
    planning::{ExtendForm, extended},
};
use sea_orm::EntityTrait;

use crate::{
    backend::Backend,
    entity::slot,
    error::{Result, Told, told},
    missions::{
        schedule::{date, places},
        versions,
    },
    store::Work,
};

/// Changes the slot in the version being written; on a mission that is online this waits for its green light.
pub async fn slot(backend: &Backend, actor: &Actor, id: MissionId, slot: SlotId, form: &ExtendForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    // Held: nobody takes a place until this is done.
    versions::own(&work, id).await?;
    let row = slot::Entity::find_by_id(slot.0).one(&work.tx).await?.filter(|row| row.mission_id == id.0);
    let taken = row.map_or(0, |row| u32::try_from(row.taken).unwrap_or_default());
    versions::change(&work, id, |content| {
        let found = content.slots.iter_mut().find(|plan| plan.id == slot.0 && plan.organisation.is_none());
        let plan = found.ok_or_else(|| told(AppError::NotFound))?;
        let mut errors = FieldErrors::default();
        let wanted = errors.take("places", places(&form.places));
        let last = if plan.kind == SlotKind::OpenPeriod && !form.last_date.trim().is_empty() {
            errors.take("last_date", date(&form.last_date))
        } else {
            None
        };
        errors.into_result().told()?;
        let ends_at = last.map(|day| paris::midnight(day + Days::new(1)));
        *plan = extended(plan, wanted.unwrap_or(plan.places), ends_at, taken, work.now).told()?;
        content.slots.sort_by_key(|slot| (slot.starts_at, slot.id));
        Ok(())
    })
    .await?;
    work.commit().await
}
