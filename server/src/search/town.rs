use domain::{actor::Actor, ids::MunicipalityId, network::TownPage, organisations::OrganisationStatus};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::filters;
use crate::{
    backend::Backend,
    entity::{mission, organisation},
    error::Result,
    missions::queries,
    network,
};

/// Missions on a town's page; the search has the others.
const MISSIONS: u64 = 12;

/// The public page of an open town.
pub async fn town(backend: &Backend, actor: &Actor, insee: &str) -> Result<TownPage> {
    let db = backend.store.read();
    let now = backend.clock.now();
    let town = network::queries::by_insee(db, insee).await?;
    let public = filters::public(now).filter(mission::Column::MunicipalityId.eq(town.id));
    let total = u32::try_from(public.clone().count(db).await?)?;
    let rows =
        public.order_by_asc(filters::next_start(now)).order_by_asc(mission::Column::Id).limit(MISSIONS).all(db).await?;
    let organisations = organisation::Entity::find()
        .filter(organisation::Column::MunicipalityId.eq(town.id))
        .filter(organisation::Column::Status.eq(OrganisationStatus::Approved.as_str()))
        .order_by_asc(organisation::Column::NameFolded)
        .order_by_asc(organisation::Column::Id)
        .all(db)
        .await?;
    Ok(TownPage {
        neighbourhoods: network::queries::neighbourhoods(db, MunicipalityId(town.id)).await?,
        missions: queries::cards(db, actor.locale, rows, now).await?,
        total,
        organisations: organisations.into_iter().map(|row| (row.id.to_string(), row.slug, row.name)).collect(),
        town: network::queries::town_ref(&town),
        service_name: town.service_name,
        service_email: town.service_email,
        service_phone: town.service_phone,
        opening_days: town.opening_days,
    })
}
