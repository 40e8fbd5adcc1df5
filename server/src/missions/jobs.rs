//! What happens by itself: a published mission closes when its last slot has ended.

use domain::{
    access::Role,
    actor::Actor,
    missions::{MissionAction, MissionStatus},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::queries;
use crate::{
    applications::cancel,
    backend::Backend,
    entity::mission,
    error::{Result, Told},
    store::{Step, Work},
    supplies::reserve as supplies,
};

/// Closes what is over; a run that was missed is made up for by the next one. Tells how many were closed.
///
/// # Errors
/// When the database cannot be reached.
pub async fn close_ended(backend: &Backend) -> Result<usize> {
    let mut closed = 0;
    loop {
        let work = Work::begin(backend, &Actor::default()).await?;
        let over = mission::Entity::find()
            .filter(mission::Column::Status.eq(MissionStatus::Published.as_str()))
            .filter(mission::Column::EndsAt.lte(work.now))
            .order_by_asc(mission::Column::Id)
            .lock_exclusive()
            .limit(50)
            .all(&work.tx)
            .await?;
        if over.is_empty() {
            return Ok(closed);
        }
        closed += over.len();
        for row in over {
            close(&work, row).await?;
        }
        work.commit().await?;
    }
}

async fn close(work: &Work, row: mission::Model) -> Result<()> {
    let before = queries::status(&row);
    let after = before.apply(MissionAction::Close, Role::System).told()?;
    let mut row = row.into_active_model();
    row.status = Set(after.as_str().to_owned());
    row.closed_at = Set(Some(work.now));
    let row = row.update(&work.tx).await?;
    work.record(Step {
        subject: "mission",
        id: row.id,
        municipality: Some(row.municipality_id.into()),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason: None,
    })
    .await?;
    cancel::decline_for_closed(work, &row).await?;
    supplies::settle(work, &row, false).await
}
