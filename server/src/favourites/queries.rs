//! Questions about missions that are kept.

use chrono::{DateTime, Utc};
use domain::{favourites::rules::KEPT_AFTER, ids::AccountId, missions::MissionStatus};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::{
    entity::{favourite, mission},
    error::Result,
};

/// Whether somebody keeps a mission.
///
/// # Errors
/// When the database cannot be reached.
pub async fn keeps(db: &impl ConnectionTrait, account: AccountId, mission: Uuid) -> Result<bool> {
    Ok(favourite::Entity::find_by_id((account.0, mission)).one(db).await?.is_some())
}

/// Forgets missions that ended a while ago.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<()> {
    let before = now - KEPT_AFTER;
    let given_up = [MissionStatus::Cancelled, MissionStatus::Refused].map(MissionStatus::as_str);
    let ended = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(
            Condition::any().add(mission::Column::ClosedAt.lte(before)).add(mission::Column::EndsAt.lte(before)).add(
                Condition::all()
                    .add(mission::Column::Status.is_in(given_up))
                    .add(mission::Column::UpdatedAt.lte(before)),
            ),
        )
        .into_query();
    favourite::Entity::delete_many().filter(favourite::Column::MissionId.in_subquery(ended)).exec(tx).await?;
    Ok(())
}
