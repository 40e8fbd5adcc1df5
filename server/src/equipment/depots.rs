//! The depots of a town.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    equipment::{Balance, CountLine, DepotForm, DepotPage},
    error::{AppError, Conflict, Problem},
    ids::{CountId, DepotId, MunicipalityId},
    text,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::queries;
use crate::{
    backend::Backend,
    entity::{depot, equipment_count, equipment_count_line, equipment_stock, municipality},
    error::{Result, Told, told},
    network::queries::town_ref,
    store::{Step, Work},
};

/// Counts that the page of a depot lists.
const COUNTS: u64 = 20;

/// A depot.
pub async fn page(backend: &Backend, actor: &Actor, insee: &str, id: DepotId) -> Result<DepotPage> {
    let (db, town) = (backend.store.read(), queries::read(backend, actor, insee).await?);
    let row = queries::depot(db, &town, id).await?;
    let balances = queries::balances(db, MunicipalityId(town.id)).await?;
    let here: HashMap<&str, Balance> = balances
        .iter()
        .filter(|line| line.depot == id && line.balance != Balance::default())
        .map(|line| (line.type_code.as_str(), line.balance))
        .collect();
    let types = queries::types(db).await?;
    let lines =
        types.iter().filter_map(|row| Some((queries::type_ref(row, actor.locale), *here.get(row.code.as_str())?)));
    Ok(DepotPage {
        lines: lines.collect(),
        counts: counts(db, id).await?,
        may_write: actor.coordinates(MunicipalityId(town.id)),
        depot: queries::depot_ref(&row),
        address: row.address,
        town: town_ref(&town),
    })
}

async fn counts(db: &impl ConnectionTrait, id: DepotId) -> Result<Vec<CountLine>> {
    let rows = equipment_count::Entity::find()
        .filter(equipment_count::Column::DepotId.eq(id.0))
        .order_by_desc(equipment_count::Column::At)
        .order_by_desc(equipment_count::Column::Id)
        .limit(COUNTS)
        .all(db)
        .await?;
    let people = queries::people(db, rows.iter().map(|row| row.started_by).collect()).await?;
    let lines = equipment_count_line::Entity::find()
        .filter(equipment_count_line::Column::CountId.is_in(rows.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let of_it = || lines.iter().filter(|line| line.count_id == row.id);
        let differences = of_it().filter(|line| line.counted != line.expected).count();
        found.push(CountLine {
            id: CountId(row.id),
            at: row.at,
            by: people.get(&row.started_by).cloned().unwrap_or_default(),
            lines_and_differences: (u32::try_from(of_it().count())?, u32::try_from(differences)?),
        });
    }
    Ok(found)
}

fn taken() -> crate::error::Error {
    told(AppError::field("name", Problem::NameTaken))
}

async fn record(work: &Work, town: &municipality::Model, id: Uuid, states: (Option<&str>, &str)) -> Result<()> {
    let (municipality, (from, to)) = (Some(MunicipalityId(town.id)), states);
    work.record(Step { subject: "depot", id, municipality, from, to, reason: None }).await
}

/// Opens a depot.
pub async fn add(backend: &Backend, actor: &Actor, insee: &str, form: DepotForm) -> Result<DepotId> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let (name, address) = form.read().told()?;
    let id = Uuid::now_v7();
    let row = depot::ActiveModel {
        id: Set(id),
        municipality_id: Set(town.id),
        name_folded: Set(text::fold(&name)),
        name: Set(name),
        address: Set(address),
        created_at: Set(work.now),
        closed_at: Set(None),
    };
    // Two open depots of a town never have the same name: the index says so, whoever adds one meanwhile.
    let once = OnConflict::new().do_nothing().to_owned();
    let added = depot::Entity::insert(row).on_conflict(once).exec_without_returning(&work.tx).await?;
    if added == 0 {
        return Err(taken());
    }
    record(&work, &town, id, (None, "open")).await?;
    work.commit().await?;
    Ok(DepotId(id))
}

/// Renames a depot, or writes where it is.
pub async fn save(backend: &Backend, actor: &Actor, insee: &str, id: DepotId, form: DepotForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let row = open(&work, &town, id).await?;
    let (name, address) = form.read().told()?;
    let folded = text::fold(&name);
    let others = depot::Entity::find()
        .filter(depot::Column::MunicipalityId.eq(town.id))
        .filter(depot::Column::NameFolded.eq(&folded))
        .filter(depot::Column::ClosedAt.is_null())
        .filter(depot::Column::Id.ne(id.0));
    // The index refuses two that are renamed at the same moment; this says it in words to everybody else.
    if others.one(&work.tx).await?.is_some() {
        return Err(taken());
    }
    let mut row = row.into_active_model();
    row.name = Set(name);
    row.name_folded = Set(folded);
    row.address = Set(address);
    row.update(&work.tx).await?;
    record(&work, &town, id.0, (Some("open"), "open")).await?;
    work.commit().await
}

/// A depot of this town that is open, and that nobody else changes or uses until the transaction ends.
async fn open(work: &Work, town: &municipality::Model, id: DepotId) -> Result<depot::Model> {
    let own = depot::Entity::find_by_id(id.0).filter(depot::Column::MunicipalityId.eq(town.id));
    let row = own.lock_exclusive().one(&work.tx).await?.ok_or_else(|| told(AppError::NotFound))?;
    if row.closed_at.is_some() { Err(told(Conflict::DepotClosed)) } else { Ok(row) }
}

/// Closes a depot that is empty. What was handed out from it may come back to another one.
pub async fn close(backend: &Backend, actor: &Actor, insee: &str, id: DepotId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    open(&work, &town, id).await?;
    let left = equipment_stock::Entity::find()
        .select_only()
        .column(equipment_stock::Column::DepotId)
        .filter(equipment_stock::Column::OnHand.gt(0))
        .into_query();
    let closed = depot::Entity::update_many()
        .col_expr(depot::Column::ClosedAt, Expr::value(work.now))
        .filter(depot::Column::Id.eq(id.0))
        .filter(depot::Column::Id.not_in_subquery(left))
        .exec(&work.tx)
        .await?;
    if closed.rows_affected == 0 {
        return Err(told(Conflict::DepotNotEmpty));
    }
    record(&work, &town, id.0, (Some("open"), "closed")).await?;
    work.commit().await
}
