use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    fields::Phone,
    ids::MunicipalityId,
    missions::{Need, NeighbourhoodRef},
    network::{TownNeed, TownPage},
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
    testimonials::public,
};

/// Missions on a town's page; the search has the others.
const MISSIONS: u64 = 12;

/// Parts of a town that are named for a domain where help is short.
const PARTS: usize = 3;

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
    let neighbourhoods = network::queries::neighbourhoods(db, MunicipalityId(town.id)).await?;
    Ok(TownPage {
        needs: needs(db, actor, town.id, &neighbourhoods, now).await?,
        neighbourhoods,
        banners: crisis::of_towns(db, actor.locale, now, Some(&[town.id])).await?,
        voices: public::shown(db, actor.locale, public::Page::Town(MunicipalityId(town.id))).await?,
        missions: queries::cards(db, actor.locale, rows, now).await?,
        total,
        organisations: organisations.into_iter().map(|row| (row.id.to_string(), row.slug, row.name)).collect(),
        town: network::queries::town_ref(&town),
        service_name: town.service_name,
        service_email: town.service_email,
        service_phone: town.service_phone.map(|phone| Phone::parse(&phone).map_or(phone, |read| read.to_string())),
        opening_days: town.opening_days,
    })
}

/// Where help is short: domains by free places, each with the parts of town where most are free. What waits is the
/// organisations' business, not the public's.
async fn needs(
    db: &impl ConnectionTrait,
    actor: &Actor,
    town: Uuid,
    parts: &[NeighbourhoodRef],
    now: DateTime<Utc>,
) -> Result<Vec<TownNeed>> {
    let missions = Condition::all().add(mission::Column::MunicipalityId.eq(town));
    let found = need::places(db, missions, now).await?;
    let need = |domain: &str| {
        let of_domain = found.iter().filter(|(code, ..)| code == domain);
        of_domain.fold(Need::default(), |sum, (_, _, need)| Need {
            places: sum.places + need.places,
            filled: sum.filled + need.filled,
            ..sum
        })
    };
    let in_parts = |domain: &str| {
        let mut open: Vec<(String, u32)> = found
            .iter()
            .filter(|(code, _, need)| code == domain && need.is_short())
            .filter_map(|(_, id, need)| {
                let part = parts.iter().find(|part| Some(part.id.0) == *id)?;
                Some((part.name.clone(), need.open()))
            })
            .collect();
        open.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
        open.truncate(PARTS);
        open
    };
    let domains = reference::domains(db, true).await?;
    let mut needs: Vec<TownNeed> = domains
        .iter()
        .map(|row| TownNeed {
            domain: reference::term(row, actor.locale),
            need: need(&row.code),
            parts: in_parts(&row.code),
        })
        .filter(|need| need.need.is_short())
        .collect();
    needs.sort_by_key(|need| std::cmp::Reverse(need.need.open()));
    Ok(needs)
}
