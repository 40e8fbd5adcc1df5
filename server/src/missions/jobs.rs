//! What happens by itself: a published mission closes when its last slot has ended.

use app::i18n::{Texts, k::reviews as r};
use domain::{
    access::Role,
    actor::{Actor, Locale},
    missions::{MissionAction, MissionStatus, VersionStatus},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{queries, versions};
use crate::{
    applications::cancel,
    backend::Backend,
    entity::mission,
    error::{Result, Told},
    reviews::open,
    store::{Step, Work},
    supplies::reserve as supplies,
};

/// Closes what is over; a run that was missed is made up for by the next one. Tells how many were closed.
///
/// # Errors
/// When the database cannot be reached.
pub async fn close_ended(backend: &Backend) -> Result<usize> {
    let (mut closed, mut after) = (0, Uuid::nil());
    loop {
        let work = Work::begin(backend, &Actor::default()).await?;
        let over = mission::Entity::find()
            .filter(mission::Column::Status.eq(MissionStatus::Published.as_str()))
            .filter(mission::Column::EndsAt.lte(work.now))
            .filter(mission::Column::Id.gt(after))
            .order_by_asc(mission::Column::Id)
            .lock_exclusive()
            .limit(50)
            .all(&work.tx)
            .await?;
        let Some(last) = over.last() else { return Ok(closed) };
        after = last.id;
        for row in over {
            if !awaits_more(&work, &row).await? {
                close(&work, row).await?;
                closed += 1;
            }
        }
        work.commit().await?;
    }
}

/// Whether the town is reading a version with slots to come: a green light lets the mission go on.
async fn awaits_more(work: &Work, row: &mission::Model) -> Result<bool> {
    let Some(id) = row.working_version_id else { return Ok(false) };
    let version = queries::version(&work.tx, id).await?;
    if versions::status(&version) != VersionStatus::Submitted {
        return Ok(false);
    }
    Ok(queries::content(&version)?.slots.iter().any(|slot| slot.ends_at > work.now))
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
    open::close_for(work, row.id.into(), Texts(Locale::Fr).get(r::MISSION_OVER)).await?;
    cancel::decline_for_closed(work, &row).await?;
    supplies::settle(work, &row, false).await
}
