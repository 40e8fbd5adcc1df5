use domain::{
    actor::Actor,
    error::AppError,
    ids::{MunicipalityId, OrganisationId},
    missions::MissionStatus,
    organisations::OrganisationPage,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::queries;
use crate::{
    backend::Backend,
    entity::mission,
    error::{Result, told},
    missions::queries::cards,
    network,
};

/// What the public sees, once the town approved it.
pub async fn page(backend: &Backend, actor: &Actor, id: OrganisationId) -> Result<OrganisationPage> {
    let db = backend.store.read();
    let row = queries::by_id(db, id).await?;
    if !queries::status(&row).is_public() {
        return Err(told(AppError::NotFound));
    }
    let town = network::queries::by_id(db, MunicipalityId(row.municipality_id)).await?;
    let missions = mission::Entity::find()
        .filter(mission::Column::OrganisationId.eq(id.0))
        .filter(mission::Column::Status.eq(MissionStatus::Published.as_str()))
        .order_by_asc(mission::Column::StartsAt)
        .order_by_asc(mission::Column::Id)
        .all(db)
        .await?;
    Ok(OrganisationPage {
        id,
        name: row.name,
        slug: row.slug,
        legal_form: row.legal_form,
        town: network::queries::town_ref(&town),
        description: row.description,
        website: row.website,
        missions: cards(db, actor.locale, missions, backend.clock.now()).await?,
    })
}
