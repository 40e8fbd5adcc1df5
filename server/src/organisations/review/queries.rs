//! Questions about submissions.

use domain::reviews::ReviewStatus;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use crate::{entity::organisation_review as file, error::Result};

const OPEN: [&str; 2] = [ReviewStatus::Waiting.as_str(), ReviewStatus::InReview.as_str()];

/// Where a submission stands.
pub fn status(row: &file::Model) -> ReviewStatus {
    ReviewStatus::parse(&row.status).unwrap_or(ReviewStatus::Refused)
}

/// Submissions of a town that wait for a decision, by due date.
pub fn open_in(town: Uuid) -> Select<file::Entity> {
    file::Entity::find()
        .filter(file::Column::MunicipalityId.eq(town))
        .filter(file::Column::Status.is_in(OPEN))
        .order_by_asc(file::Column::DueAt)
        .order_by_asc(file::Column::Id)
}

/// The submission of an organisation that waits for a decision.
///
/// # Errors
/// When the database cannot be reached.
pub async fn open_of(db: &impl ConnectionTrait, organisation: Uuid) -> Result<Option<file::Model>> {
    let open = file::Entity::find().filter(file::Column::OrganisationId.eq(organisation));
    Ok(open.filter(file::Column::Status.is_in(OPEN)).one(db).await?)
}

/// Every submission of an organisation, the last first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn all_of(db: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<file::Model>> {
    Ok(file::Entity::find()
        .filter(file::Column::OrganisationId.eq(organisation))
        .order_by_desc(file::Column::CreatedAt)
        .order_by_desc(file::Column::Id)
        .all(db)
        .await?)
}
