//! The slots that an application asks for: whether they can be asked for, and whether this person may take them.

use chrono::NaiveDate;
use domain::{
    applications::rules,
    crisis::InForce,
    error::{AppError, FieldErrors, Problem},
    ids::AccountId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{asked::Asked, queries, waiting};
use crate::{
    entity::{mission, slot},
    error::{Result, told},
    missions::partners,
    store::Work,
};

/// The slots of the mission that an application names.
///
/// # Errors
/// When the database cannot be reached.
pub async fn named(work: &Work, mission: &mission::Model, ids: &[Uuid]) -> Result<Vec<slot::Model>> {
    Ok(slot::Entity::find()
        .filter(slot::Column::Id.is_in(ids.to_vec()))
        .filter(slot::Column::MissionId.eq(mission.id))
        .order_by_asc(slot::Column::StartsAt)
        .order_by_asc(slot::Column::Id)
        .all(&work.tx)
        .await?)
}

/// The slots that are asked for.
#[derive(Debug)]
pub struct Chosen {
    /// The slots, held.
    pub slots: Vec<slot::Model>,
    /// All of them are full: there is a waiting list.
    pub full: bool,
}

/// The slots, held, if all of them can be asked for: one organisation answers the whole application, at once or from its
/// waiting list. Nobody waits in a list beside a live application.
///
/// # Errors
/// `OneOrganisation`, `SlotGone`, `FullBeside`, `FullApart` or `SlotFull` on the field `slots`.
pub(super) async fn chosen(work: &Work, mission: &mission::Model, asked: &Asked) -> Result<Chosen> {
    let refused = |problem| told(AppError::field("slots", problem));
    let rows = asked.slots.clone();
    if rows.iter().any(|slot| slot.organisation_id != rows[0].organisation_id) {
        return Err(refused(Problem::OneOrganisation));
    }
    let rows = partners::only_offered(&work.tx, rows).await?;
    if rows.len() != asked.count || rows.iter().any(|slot| slot.cancelled_at.is_some() || slot.ends_at <= work.now) {
        return Err(refused(Problem::SlotGone));
    }
    let ids: Vec<Uuid> = rows.iter().map(|slot| slot.id).collect();
    let (slots, full) = room(work, mission, &asked.measures, &ids).await?;
    if full > 0 && asked.beside {
        return Err(refused(Problem::FullBeside));
    }
    if full > 0 && full < slots.len() {
        return Err(refused(Problem::FullApart));
    }
    if full > 0 && slots.iter().all(|slot| waiting::last_call(slot) <= work.now) {
        return Err(refused(Problem::SlotFull));
    }
    Ok(Chosen { slots, full: full > 0 })
}

/// Some slots, held from here on, and how many of them have no place for a newcomer: what is full now stays so until this is
/// over. What came free by itself goes to those who wait first.
///
/// # Errors
/// When the database refuses.
pub async fn room(
    work: &Work,
    mission: &mission::Model,
    measures: &InForce,
    ids: &[Uuid],
) -> Result<(Vec<slot::Model>, usize)> {
    slot::Entity::find()
        .filter(slot::Column::Id.is_in(ids.to_vec()))
        .order_by_asc(slot::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    waiting::serve(work, mission, ids).await?;
    let slots = named(work, mission, ids).await?;
    let mut full = 0;
    for slot in &slots {
        let taken = slot.taken >= waiting::places_under(measures, mission, slot);
        full += usize::from(taken || waiting::goes_first(&work.tx, mission, measures, slot, work.now).await?);
    }
    Ok((slots, full))
}

/// Whether somebody may take some slots, by age and by measures, and whether these leave each other room.
///
/// # Errors
/// What stands against it, on the field `slots`.
pub fn may_take(
    mission: &mission::Model,
    birth: NaiveDate,
    slots: &[slot::Model],
    measures: &InForce,
) -> std::result::Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    for slot in slots {
        if let Err(refusal) = rules::check_age(birth, slot.starts_at, mission.open_to_minors) {
            errors.add("slots", refusal.problem());
        }
        let when = (slot.starts_at, slot.ends_at);
        if let Err(problem) = measures.may_take(birth, mission.remote, when) {
            errors.add("slots", problem);
        }
    }
    let spans = queries::spans(slots);
    for (index, span) in spans.iter().enumerate() {
        if spans.iter().skip(index + 1).any(|other| rules::overlaps(*span, *other)) {
            errors.add("slots", Problem::OverlapsAnother);
        }
    }
    errors.into_result()
}

/// No overlap with what is accepted already, and 24 hours a week at most (decree 2017-930).
///
/// # Errors
/// `OverlapsAnother` or `WeeklyLimit` on the field `slots`.
pub async fn free(work: &Work, account: AccountId, slots: &[slot::Model], but: Option<Uuid>) -> Result<()> {
    free_beside(work, account, slots, (but, &[])).await
}

/// The same beside some slots that are kept, whatever their application.
///
/// # Errors
/// Those of [`free`].
pub async fn free_beside(
    work: &Work,
    account: AccountId,
    slots: &[slot::Model],
    (but, kept): (Option<Uuid>, &[slot::Model]),
) -> Result<()> {
    let mut engaged = queries::engaged(&work.tx, account, but).await?;
    engaged.extend(queries::spans(kept));
    let wanted = queries::spans(slots);
    let refused = |problem| Err(told(AppError::field("slots", problem)));
    if wanted.iter().any(|span| engaged.iter().any(|other| rules::overlaps(*span, *other))) {
        return refused(Problem::OverlapsAnother);
    }
    if rules::check_weekly(&engaged, &wanted).is_err() {
        return refused(Problem::WeeklyLimit);
    }
    Ok(())
}
