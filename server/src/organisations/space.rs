use domain::{
    actor::Actor,
    ids::{MunicipalityId, OrganisationId},
    organisations::OrganisationSpace,
};

use super::queries;
use crate::{
    backend::Backend,
    error::{Result, told},
    network,
};

/// What its admins see.
pub async fn space(backend: &Backend, actor: &Actor, id: OrganisationId) -> Result<OrganisationSpace> {
    actor.require_organisation(id).map_err(told)?;
    let db = backend.store.read();
    let row = queries::by_id(db, id).await?;
    let town = network::queries::by_id(db, MunicipalityId(row.municipality_id)).await?;
    queries::space(db, actor, &row, &town, backend.clock.now()).await
}
