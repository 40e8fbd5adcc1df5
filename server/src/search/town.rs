use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    fields::Phone,
    ids::MunicipalityId,
    missions::{Need, Term},
    network::TownPage,
    organisations::OrganisationStatus,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::filters;
use crate::{
    backend::Backend,
    crisis::list as crisis,
    entity::{mission, organisation},
    error::Result,
    missions::{need, queries, reference},
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
        banners: crisis::of_towns(db, actor.locale, now, Some(&[town.id])).await?,
        neighbourhoods: network::queries::neighbourhoods(db, MunicipalityId(town.id)).await?,
        missions: queries::cards(db, actor.locale, rows, now).await?,
        total,
        needs: needs(db, actor, town.id, now).await?,
        organisations: organisations.into_iter().map(|row| (row.id.to_string(), row.slug, row.name)).collect(),
        town: network::queries::town_ref(&town),
        service_name: town.service_name,
        service_email: town.service_email,
        service_phone: town.service_phone.map(|phone| Phone::parse(&phone).map_or(phone, |read| read.to_string())),
        opening_days: town.opening_days,
    })
}

/// Where help is short: the domains by free places. What waits is the organisations' business, not the public's.
async fn needs(db: &impl ConnectionTrait, actor: &Actor, town: Uuid, now: DateTime<Utc>) -> Result<Vec<(Term, Need)>> {
    let missions = Condition::all().add(mission::Column::MunicipalityId.eq(town));
    let mut found = need::by_domain(db, missions, now).await?;
    let mut needs: Vec<(Term, Need)> = reference::domains(db, true)
        .await?
        .iter()
        .filter_map(|row| Some((reference::term(row, actor.locale), found.remove(&row.code)?)))
        .filter(|(_, need)| need.places > 0)
        .map(|(domain, need)| (domain, Need { places: need.places, filled: need.filled, ..Need::default() }))
        .collect();
    needs.sort_by_key(|(_, need)| std::cmp::Reverse(need.open()));
    Ok(needs)
}
