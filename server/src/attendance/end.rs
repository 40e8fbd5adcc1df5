//! The end of an application whose slots are over.

use domain::{
    access::Role,
    actor::Actor,
    applications::{ApplicationAction, ApplicationStatus},
    attendance::{Mark, outcome, rules::CLOSES_AFTER},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::{
    applications::queries,
    backend::Backend,
    entity::{application, application_slot, attendance, mission, slot},
    error::Result,
    store::Work,
};

/// Most applications that end in one transaction.
const ROUND: u64 = 50;

async fn notes(db: &impl ConnectionTrait, application: Uuid) -> Result<Vec<attendance::Model>> {
    let notes = attendance::Entity::find().filter(attendance::Column::ApplicationId.eq(application));
    Ok(notes.all(db).await?)
}

fn marks<'a>(notes: impl Iterator<Item = &'a attendance::Model>) -> Vec<Mark> {
    notes.filter_map(|note| Mark::parse(&note.mark)).collect()
}

/// Ends an accepted application of which nothing is left to validate, as whoever validated or called off the last. Tells how
/// it ended, if it did.
///
/// # Errors
/// When the database refuses.
pub async fn when_settled(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    role: Role,
) -> Result<Option<ApplicationStatus>> {
    let slots = queries::slots(&work.tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let mut notes = notes(&work.tx, row.id).await?;
    notes.retain(|note| note.validated_at.is_some());
    let left = slots.iter().any(|slot| slot.cancelled_at.is_none() && !notes.iter().any(|n| n.slot_id == slot.id));
    if left || notes.is_empty() || queries::status(&row) != ApplicationStatus::Accepted {
        return Ok(None);
    }
    let ended = queries::step(work, row, mission, (outcome(&marks(notes.iter())), role), None).await?;
    Ok(Some(queries::status(&ended)))
}

/// Ends the accepted applications of which nothing can be said any more: contact details are not shown for ever because nobody
/// validated. Tells how many.
///
/// # Errors
/// When the database cannot be reached.
pub async fn when_late(backend: &Backend) -> Result<usize> {
    let mut ended = 0;
    loop {
        let work = Work::begin(backend, &Actor::default()).await?;
        let open = slot::Entity::find()
            .select_only()
            .column(slot::Column::Id)
            .filter(slot::Column::CancelledAt.is_null())
            .filter(slot::Column::EndsAt.gt(work.now - CLOSES_AFTER))
            .into_query();
        let awaited = application_slot::Entity::find()
            .select_only()
            .column(application_slot::Column::ApplicationId)
            .filter(application_slot::Column::SlotId.in_subquery(open))
            .into_query();
        let late = application::Entity::find()
            .filter(application::Column::Status.eq(ApplicationStatus::Accepted.as_str()))
            .filter(application::Column::Id.not_in_subquery(awaited))
            .order_by_asc(application::Column::Id)
            .limit(ROUND)
            .lock_exclusive()
            .all(&work.tx)
            .await?;
        if late.is_empty() {
            return Ok(ended);
        }
        for row in late {
            let mission = mission::Entity::find_by_id(row.mission_id).one(&work.tx).await?;
            let Some(mission) = mission else { continue };
            let notes = notes(&work.tx, row.id).await?;
            let marks = marks(notes.iter().filter(|note| note.validated_at.is_some()));
            // Nobody is said not to have come whom nobody told so; without validated hours it counts for nothing.
            let action = if marks.is_empty() { ApplicationAction::MarkAttended } else { outcome(&marks) };
            queries::step(&work, row, &mission, (action, Role::System), None).await?;
            ended += 1;
        }
        work.commit().await?;
    }
}
