use domain::{
    actor::Actor,
    search::{SearchPage, SearchQuery},
};
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};

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
    let filters::Matching { found, towns: meant, from } = filters::matching(backend.store.engine(), query, &towns, now);
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
