use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    error::AppError,
    ids::{MunicipalityId, OrganisationId},
    organisations::OrganisationStatus,
    reviews::HistoryLine,
};

use super::queries::all_of;
use crate::{
    backend::Backend,
    error::{Result, told},
    network::queries::by_insee,
    organisations::queries,
    reviews::queries::{About, news as told_since},
};

/// What others did and wrote after an instant, newest first.
pub async fn news(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    id: OrganisationId,
    after: DateTime<Utc>,
) -> Result<Vec<HistoryLine>> {
    let db = backend.store.read();
    let town = by_insee(db, insee).await?;
    let me = actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let row = queries::by_id(db, id).await?;
    if row.municipality_id != town.id || queries::status(&row) == OrganisationStatus::Draft {
        return Err(told(AppError::NotFound));
    }
    let mut subjects = vec![row.id];
    subjects.extend(all_of(db, row.id).await?.iter().map(|review| review.id));
    told_since(db, me, About::Organisation(id), subjects, after).await
}
