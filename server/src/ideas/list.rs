use domain::{
    actor::Actor,
    ideas::{IdeaList, IdeaRow, IdeaStatus, IdeaTab, excerpt},
    ids::{IdeaId, MunicipalityId},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::queries::status;
use crate::{
    backend::Backend,
    entity::idea,
    error::{Result, told},
    network::queries::{by_insee, town_ref},
};

/// The longest part of the list that is shown; the counts tell of the rest.
const MOST: u64 = 200;

fn of(town: Uuid, status: IdeaStatus) -> Select<idea::Entity> {
    idea::Entity::find().filter(idea::Column::MunicipalityId.eq(town)).filter(idea::Column::Status.eq(status.as_str()))
}

/// The ideas of a town: those that wait longest first, else the newest.
pub async fn list(backend: &Backend, actor: &Actor, insee: &str, tab: IdeaTab) -> Result<IdeaList> {
    let db = backend.store.read();
    let town = by_insee(db, insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let mut counts = Vec::with_capacity(IdeaTab::ALL.len());
    for tab in IdeaTab::ALL {
        counts.push(u32::try_from(of(town.id, tab.status()).count(db).await?)?);
    }
    let asked = of(town.id, tab.status());
    let asked = match tab {
        IdeaTab::Waiting => asked.order_by_asc(idea::Column::UpdatedAt),
        _ => asked.order_by_desc(idea::Column::UpdatedAt),
    };
    let rows = asked.order_by_asc(idea::Column::Id).limit(MOST).all(db).await?;
    let line = |row: idea::Model| IdeaRow {
        id: IdeaId(row.id),
        title: excerpt(&row.what),
        status: status(&row),
        association: row.association,
        sent_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(IdeaList { town: town_ref(&town), tab, rows: rows.into_iter().map(line).collect(), counts })
}
