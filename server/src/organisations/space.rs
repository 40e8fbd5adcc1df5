use domain::{
    actor::Actor,
    ids::{MunicipalityId, OrganisationId},
    organisations::OrganisationSpace,
    team::Duty,
};

use super::queries;
use crate::{
    backend::Backend,
    error::{Result, told},
    network,
};

/// What its team sees.
pub async fn space(backend: &Backend, actor: &Actor, id: OrganisationId) -> Result<OrganisationSpace> {
    actor.require_organisation(id, Duty::See).map_err(told)?;
    let db = backend.store.read();
    let row = queries::by_id(db, id).await?;
    let town = network::queries::by_id(db, MunicipalityId(row.municipality_id)).await?;
    if !actor.may(id, Duty::Organisation) {
        return queries::helpers_space(db, &row, &town, backend.clock.now()).await;
    }
    queries::space(db, actor, &row, &town, backend.clock.now()).await
}
