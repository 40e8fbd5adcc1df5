use domain::{
    actor::Actor,
    search::{SearchPage, SearchQuery},
};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::filters;
use crate::{
    backend::Backend,
    crisis::list as crisis,
    entity::mission,
    error::Result,
    missions::{queries, reference},
    network,
};

/// Missions a page.
const PER_PAGE: u32 = 20;

/// Published missions that match, those whose next slot begins soonest first.
pub async fn missions(backend: &Backend, actor: &Actor, query: &SearchQuery) -> Result<SearchPage> {
    let db = backend.store.read();
    let now = backend.clock.now();
    let towns = network::queries::all(db).await?;
    let domains = reference::domains(db, true).await?;
    let from = filters::day(&query.from).filter(|day| *day > now).unwrap_or(now);
    let mut found = filters::public(from);
    if let Some(words) = filters::words(backend.store.engine(), &query.words) {
        found = found.filter(words);
    }
    if !query.domain.trim().is_empty() {
        found = found.filter(mission::Column::DomainCode.eq(query.domain.trim()));
    }
    let mut meant = None;
    if !query.town.trim().is_empty() {
        let ids: Vec<_> = filters::towns_meant(&towns, &query.town).into_iter().map(|town| town.id).collect();
        found = found.filter(mission::Column::MunicipalityId.is_in(ids.clone()));
        meant = Some(ids);
    }
    found = match query.remote.as_str() {
        "yes" => found.filter(mission::Column::Remote.eq(true)),
        "no" => found.filter(mission::Column::Remote.eq(false)),
        _ => found,
    };
    let total = u32::try_from(found.clone().count(db).await?)?;
    let pages = total.div_ceil(PER_PAGE).max(1);
    let page = query.page.clamp(1, pages);
    let rows = found
        .order_by_asc(filters::next_start(from))
        .order_by_asc(mission::Column::Id)
        .limit(u64::from(PER_PAGE))
        .offset(u64::from(PER_PAGE) * u64::from(page - 1))
        .all(db)
        .await?;
    Ok(SearchPage {
        banners: crisis::of_towns(db, actor.locale, now, meant.as_deref()).await?,
        missions: queries::cards(db, actor.locale, rows, now).await?,
        total,
        page,
        pages,
        domains: domains.iter().map(|row| reference::term(row, actor.locale)).collect(),
        towns: towns.iter().map(network::queries::town_ref).collect(),
    })
}
