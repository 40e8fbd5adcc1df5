use app::i18n::k::mails as m;
use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    error::{AppError, Conflict},
    ids::{ApplicationId, SlotId},
    paris,
};
use sea_orm::EntityTrait;

use super::{cancel, guardian, places, queries, tell::Affair, waiting, withdraw::is_known};
use crate::{
    backend::Backend,
    entity::{application, attendance, mission, slot},
    error::{Result, told},
    mail::MailKind,
    store::{Step, Work},
};

/// Takes one slot out of one's own application and keeps the others.
pub async fn leave_slot(backend: &Backend, actor: &Actor, id: ApplicationId, slot: SlotId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let (mission, row, slots) = queries::hold_own(&work, id).await?;
    let left = slots.iter().find(|known| known.id == slot.0).ok_or_else(|| told(AppError::NotFound))?;
    may_leave(&work, &row, left).await?;
    if !removable(queries::status(&row), &slots, work.now).contains(&slot) {
        return Err(told(Conflict::LastSlot));
    }
    leave(&work, &mission, &row, left).await?;
    work.commit().await
}

/// Passes a slot that has not begun, of a live application.
pub(super) async fn may_leave(work: &Work, row: &application::Model, left: &slot::Model) -> Result<()> {
    // Who arrived early and is noted has come.
    let noted = attendance::Entity::find_by_id((row.id, left.id)).one(&work.tx).await?.is_some();
    if !queries::status(row).is_live() || !is_ahead(left, work.now) || noted {
        return Err(told(Conflict::NotInThisState));
    }
    Ok(())
}

/// Takes a slot out of an application that keeps others: its place goes to the list, and the organisation is told.
pub(super) async fn leave(
    work: &Work,
    mission: &mission::Model,
    row: &application::Model,
    left: &slot::Model,
) -> Result<()> {
    let before = queries::status(row);
    if before.holds_place() {
        places::give_back(work, &[left.id]).await?;
    }
    cancel::take_out(work, row, left.id).await?;
    work.record(Step {
        subject: "application",
        id: row.id,
        municipality: Some(mission.municipality_id.into()),
        from: None,
        to: "slot_left",
        // Which one: figures, which read the same in every language.
        reason: Some(&paris::figures(left.starts_at)),
    })
    .await?;
    let known = is_known(work, row).await?;
    let kept = queries::slots(&work.tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    // Of age by the day of what they keep, they wait for nobody's consent.
    let spared = guardian::spare(work, row.clone(), mission, &kept).await?;
    // Who leaves a queue makes no place free; and whoever serves that queue holds the slot and waits for this application.
    // Who waited for a guardian kept no place from anybody, and holds the slots that are left.
    if before != ApplicationStatus::Waitlisted && !spared {
        waiting::serve(work, mission, &[left.id]).await?;
    }
    if known {
        let gone = std::slice::from_ref(left);
        let affair = Affair::read(work, mission, row, gone).await?;
        let next = if before.holds_place() {
            places::left(work, (mission, before), gone).await?
        } else {
            m::SLOT_LEFT_PENDING
        };
        affair.organisation(work, MailKind::SlotLeft, "", next).await?;
    }
    Ok(())
}

/// The slots that may be taken out of an application, one at a time: those that have not begun, while another is left that is
/// not over.
pub(super) fn removable(status: ApplicationStatus, slots: &[slot::Model], now: DateTime<Utc>) -> Vec<SlotId> {
    let left = slots.iter().filter(|slot| slot.cancelled_at.is_none() && slot.ends_at > now).count();
    if !status.is_live() || left < 2 {
        return Vec::new();
    }
    slots.iter().filter(|slot| is_ahead(slot, now)).map(|slot| SlotId(slot.id)).collect()
}

/// Whether a slot has not begun: of an open period that has, hours may have been given already.
pub(super) fn is_ahead(slot: &slot::Model, now: DateTime<Utc>) -> bool {
    slot.cancelled_at.is_none() && slot.starts_at > now
}
