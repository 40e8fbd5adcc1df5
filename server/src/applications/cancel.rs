//! What becomes of applications when their mission, or one of its slots, is called off or over.

use domain::{
    access::Role,
    applications::{ApplicationAction, ApplicationStatus},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::{
    places, queries,
    tell::{Affair, Why},
};
use crate::{
    attendance,
    entity::{application, application_slot, called_off_slot, mission, slot},
    error::Result,
    mail::MailKind,
    store::Work,
};

/// The live applications of a mission, held until the end of the transaction. The caller holds the mission.
async fn live(work: &Work, mission: &mission::Model) -> Result<Vec<application::Model>> {
    Ok(application::Entity::find()
        .filter(application::Column::MissionId.eq(mission.id))
        .filter(application::Column::Status.is_in(queries::live()))
        .order_by_asc(application::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?)
}

/// What leads each live state to its end. Somebody on the waiting list has one way out only: an offer that expires.
const fn way_out(status: ApplicationStatus) -> &'static [ApplicationAction] {
    match status {
        ApplicationStatus::Accepted => &[ApplicationAction::Cancel],
        ApplicationStatus::Pending => &[ApplicationAction::Decline],
        ApplicationStatus::Offered => &[ApplicationAction::Expire],
        ApplicationStatus::Waitlisted => &[ApplicationAction::Offer, ApplicationAction::Expire],
        _ => &[],
    }
}

async fn end(work: &Work, row: application::Model, mission: &mission::Model, reason: &str) -> Result<()> {
    let mut row = row;
    for action in way_out(queries::status(&row)) {
        row = queries::step(work, row, mission, (*action, Role::System), Some(reason)).await?;
    }
    Ok(())
}

async fn end_all(
    work: &Work,
    mission: &mission::Model,
    rows: Vec<application::Model>,
    kind: MailKind,
    why: Why<'_>,
) -> Result<()> {
    let slots = queries::slots(&work.tx, rows.iter().map(|row| row.id).collect()).await?;
    for row in rows {
        let held = slots.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        if queries::status(&row).holds_place() {
            places::give_back_ahead(work, held).await?;
        }
        let affair = Affair::read(work, mission, &row, held).await?;
        let reason = why.say(affair.locale());
        end(work, row, mission, reason).await?;
        affair.volunteer(work, kind, reason).await?;
    }
    Ok(())
}

/// Ends every live application of a mission, gives the places back, tells each person.
///
/// # Errors
/// When the database refuses.
pub async fn cancel_for_mission(work: &Work, mission: &mission::Model, reason: &str) -> Result<()> {
    let rows = live(work, mission).await?;
    end_all(work, mission, rows, MailKind::MissionCancelled, Why::Said(reason)).await
}

/// Declines whoever still waits for an answer when the mission closes; accepted volunteers keep their slots.
///
/// # Errors
/// When the database refuses.
pub async fn decline_for_closed(work: &Work, mission: &mission::Model) -> Result<()> {
    let mut rows = live(work, mission).await?;
    rows.retain(|row| queries::status(row) != ApplicationStatus::Accepted);
    let why = Why::Ours(app::i18n::k::mails::APPLICATION_MISSION_CLOSED);
    end_all(work, mission, rows, MailKind::ApplicationDeclined, why).await
}

/// Takes a slot out of every live application that has it; one that has no other ends. Tells each person.
///
/// # Errors
/// When the database refuses.
pub async fn cancel_for_slot(work: &Work, mission: &mission::Model, slot: &slot::Model, why: Why<'_>) -> Result<()> {
    let rows = live(work, mission).await?;
    without(work, mission, slot, rows, (MailKind::SlotCancelled, why)).await
}

/// Takes a slot out of some applications that hold a place in it: there are fewer. Whoever waits for one does not get it.
///
/// # Errors
/// When the database refuses.
pub async fn take_places(
    work: &Work,
    mission: &mission::Model,
    slot: &slot::Model,
    losing: &[Uuid],
    why: Why<'_>,
) -> Result<()> {
    let mut rows = live(work, mission).await?;
    rows.retain(|row| losing.contains(&row.id) && queries::status(row).holds_place());
    without(work, mission, slot, rows, (MailKind::PlaceLost, why)).await
}

/// Takes a slot out of an application that is held and has others; what was in calendars is called off there.
pub(super) async fn take_out(work: &Work, row: &application::Model, slot: Uuid) -> Result<()> {
    application_slot::Entity::delete_by_id((row.id, slot)).exec(&work.tx).await?;
    if queries::status(row) != ApplicationStatus::Accepted {
        return Ok(());
    }
    let off = called_off_slot::ActiveModel { application_id: Set(row.id), slot_id: Set(slot) };
    called_off_slot::Entity::insert(off).exec_without_returning(&work.tx).await?;
    // Calendars take what changed later for the newer.
    application::Entity::update_many()
        .col_expr(application::Column::UpdatedAt, Expr::value(work.now))
        .filter(application::Column::Id.eq(row.id))
        .exec(&work.tx)
        .await?;
    Ok(())
}

async fn without(
    work: &Work,
    mission: &mission::Model,
    slot: &slot::Model,
    rows: Vec<application::Model>,
    (kind, why): (MailKind, Why<'_>),
) -> Result<()> {
    let slots = queries::slots(&work.tx, rows.iter().map(|row| row.id).collect()).await?;
    let called_off = [slot.clone()];
    let mut settled = Vec::new();
    for row in rows {
        let held = slots.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        if !held.iter().any(|known| known.id == slot.id) {
            continue;
        }
        if queries::status(&row).holds_place() {
            places::give_back(work, &[slot.id]).await?;
        }
        let affair = Affair::read(work, mission, &row, &called_off).await?;
        let reason = why.say(affair.locale());
        if held.len() == 1 {
            end(work, row, mission, reason).await?;
        } else {
            take_out(work, &row, slot.id).await?;
            if queries::status(&row) == ApplicationStatus::Accepted {
                settled.push(row.clone());
            }
        }
        affair.volunteer(work, kind, reason).await?;
    }
    // Of whom everything else is validated nothing is left to say.
    for row in settled {
        attendance::end::when_settled(work, row, mission, Role::System).await?;
    }
    Ok(())
}
