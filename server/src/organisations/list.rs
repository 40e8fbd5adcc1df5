use std::cmp::Reverse;

use domain::{
    actor::Actor,
    ids::{MunicipalityId, OrganisationId},
    organisations::OrganisationStatus,
    reviews::OrganisationRow,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::queries;
use crate::{
    backend::Backend,
    entity::organisation,
    error::{Result, told},
    network,
};

/// The organisations of a town: those that wait first, the longest wait before the others; never a draft.
pub async fn of_municipality(backend: &Backend, actor: &Actor, insee: &str) -> Result<Vec<OrganisationRow>> {
    let db = backend.store.read();
    let town = network::queries::by_insee(db, insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let rows = organisation::Entity::find()
        .filter(organisation::Column::MunicipalityId.eq(town.id))
        .filter(organisation::Column::Status.ne(OrganisationStatus::Draft.as_str()))
        .order_by_asc(organisation::Column::NameFolded)
        .all(db)
        .await?;
    let published = queries::published(db, rows.iter().map(|row| row.id).collect()).await?;
    let mut rows: Vec<OrganisationRow> = rows
        .into_iter()
        .map(|row| OrganisationRow {
            id: OrganisationId(row.id),
            status: queries::status(&row),
            published: published.get(&row.id).copied().unwrap_or_default(),
            name: row.name,
            legal_form: row.legal_form,
            submitted_at: row.submitted_at,
        })
        .collect();
    rows.sort_by_key(|row| (Reverse(row.status == OrganisationStatus::Submitted), waiting_since(row)));
    Ok(rows)
}

/// The sort is stable: organisations that do not wait stay in the order of names.
fn waiting_since(row: &OrganisationRow) -> Option<chrono::DateTime<chrono::Utc>> {
    row.submitted_at.filter(|_| row.status == OrganisationStatus::Submitted)
}
