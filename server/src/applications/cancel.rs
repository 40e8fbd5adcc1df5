//! What becomes of applications when a mission or one of its slots is called off.

use domain::{
    access::Role,
    applications::{ApplicationAction, ApplicationStatus},
    ids::AccountId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{places, queries, tell::Affair};
use crate::{
    entity::{application, application_slot, mission, slot},
    error::Result,
    mail::MailKind,
    store::Work,
};

async fn live(work: &Work, mission: &mission::Model) -> Result<Vec<application::Model>> {
    Ok(application::Entity::find()
        .filter(application::Column::MissionId.eq(mission.id))
        .filter(application::Column::Status.is_in(queries::live()))
        .order_by_asc(application::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?)
}

/// Ends one application: an accepted one is cancelled, one that waits is declined.
async fn end(work: &Work, row: application::Model, mission: &mission::Model, reason: &str) -> Result<()> {
    let action = match queries::status(&row) {
        ApplicationStatus::Accepted => ApplicationAction::Cancel,
        ApplicationStatus::Pending => ApplicationAction::Decline,
        _ => ApplicationAction::Expire,
    };
    queries::step(work, row, mission, (action, Role::System), Some(reason)).await?;
    Ok(())
}

/// Ends every live application of a mission, gives the places back, tells each person.
///
/// # Errors
/// When the database refuses.
pub async fn cancel_for_mission(work: &Work, mission: &mission::Model, reason: &str) -> Result<()> {
    let rows = live(work, mission).await?;
    let slots = queries::slots(&work.tx, rows.iter().map(|row| row.id).collect()).await?;
    for row in rows {
        let held = slots.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        if queries::status(&row).holds_place() {
            places::give_back(work, &held.iter().map(|slot| slot.id).collect::<Vec<_>>()).await?;
        }
        let volunteer = AccountId(row.volunteer_id);
        end(work, row, mission, reason).await?;
        Affair::read(work, mission, volunteer, held).await?.volunteer(work, MailKind::MissionCancelled, reason).await?;
    }
    Ok(())
}

/// Takes a slot out of every live application that has it; one that has no other ends. Tells each person.
///
/// # Errors
/// When the database refuses.
pub async fn cancel_for_slot(work: &Work, mission: &mission::Model, slot: &slot::Model, reason: &str) -> Result<()> {
    let rows = live(work, mission).await?;
    let slots = queries::slots(&work.tx, rows.iter().map(|row| row.id).collect()).await?;
    for row in rows {
        let held = slots.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        if !held.iter().any(|known| known.id == slot.id) {
            continue;
        }
        if queries::status(&row).holds_place() {
            places::give_back(work, &[slot.id]).await?;
        }
        let volunteer = AccountId(row.volunteer_id);
        if held.len() == 1 {
            end(work, row, mission, reason).await?;
        } else {
            application_slot::Entity::delete_by_id((row.id, slot.id)).exec(&work.tx).await?;
        }
        let called_off = [slot.clone()];
        let affair = Affair::read(work, mission, volunteer, &called_off).await?;
        affair.volunteer(work, MailKind::SlotCancelled, reason).await?;
    }
    Ok(())
}
