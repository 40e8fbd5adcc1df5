//! Deliveries, or the stock a town begins with, from a table: looked at first, then taken whole.

use chrono::{DateTime, Duration, Utc};
use domain::{
    actor::Actor,
    equipment::{
        Act, DeliveryPage, Movement,
        delivery::{self, Catalogue, Deliveries, Delivery},
    },
    error::{AppError, Conflict, FieldErrors},
    ids::{DepotId, EquipmentImportId, MunicipalityId},
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ModelTrait,
    QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::{ledger, queries};
use crate::{
    accounts::tokens,
    backend::Backend,
    entity::{equipment_import, equipment_movement, municipality},
    error::{Result, Told, told},
    network::queries::town_ref,
    store::Work,
};

/// How long a table waits to be imported.
const KEPT: Duration = Duration::hours(24);
/// Lines shown before an import.
const SAMPLE: usize = 50;
/// Refused lines shown before an import.
const REFUSED: usize = 100;

/// What deliveries to this town may name.
async fn catalogue(db: &impl ConnectionTrait, town: &municipality::Model) -> Result<Catalogue> {
    let types = queries::types(db).await?;
    let depots = queries::depots(db, MunicipalityId(town.id)).await?;
    Ok(Catalogue {
        types: types
            .into_iter()
            .filter(|row| row.enabled)
            .map(|row| (row.code, vec![row.label_fr, row.label_en]))
            .collect(),
        depots: depots
            .into_iter()
            .filter(|row| row.closed_at.is_none())
            .map(|row| (DepotId(row.id), row.name))
            .collect(),
    })
}

/// Keeps a table to be looked at.
pub async fn check(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    reason: &str,
    table: String,
) -> Result<EquipmentImportId> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let account = work.actor.signed_in().map_err(told)?;
    let mut errors = FieldErrors::default();
    let reason = errors.take("reason", text::line(reason, 0, 300)).unwrap_or_default();
    errors.take("text", delivery::read(&table, &catalogue(&work.tx, &town).await?));
    errors.into_result().told()?;
    let id = Uuid::now_v7();
    let row = equipment_import::ActiveModel {
        id: Set(id),
        municipality_id: Set(town.id),
        created_by: Set(account.0),
        created_at: Set(work.now),
        reason: Set(reason),
        body: Set(table),
    };
    row.insert(&work.tx).await?;
    work.commit().await?;
    Ok(EquipmentImportId(id))
}

/// Forgets tables that nobody imported.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<()> {
    let old = equipment_import::Column::CreatedAt.lte(now - KEPT);
    equipment_import::Entity::delete_many().filter(old).exec(tx).await?;
    Ok(())
}

fn find(town: &municipality::Model, id: EquipmentImportId) -> sea_orm::Select<equipment_import::Entity> {
    equipment_import::Entity::find_by_id(id.0).filter(equipment_import::Column::MunicipalityId.eq(town.id))
}

async fn read(db: &impl ConnectionTrait, town: &municipality::Model, table: &str) -> Result<Deliveries> {
    delivery::read(table, &catalogue(db, town).await?).map_err(|problem| told(AppError::field("text", problem)))
}

/// Why a line came in: what it says, else what was said of all of them.
fn why<'a>(own: &'a str, all: &'a str) -> &'a str {
    if own.is_empty() { all } else { own }
}

/// What tells the lines that a page showed from others.
fn shown(read: &Deliveries) -> Result<String> {
    let line =
        |line: &Delivery| (line.line, line.type_code.clone(), line.depot, line.quantity.get(), line.reason.clone());
    let lines: Vec<_> = read.taken.iter().map(line).collect();
    Ok(tokens::digest(&serde_json::to_string(&lines)?))
}

/// What an import would do.
pub async fn page(backend: &Backend, actor: &Actor, insee: &str, id: EquipmentImportId) -> Result<DeliveryPage> {
    let (db, town) = (backend.store.read(), queries::desk(backend, actor, insee).await?);
    let row = find(&town, id).one(db).await?.ok_or_else(|| told(AppError::NotFound))?;
    let read = read(db, &town, &row.body).await?;
    let seen = shown(&read)?;
    let types = queries::types(db).await?;
    let depots = queries::depots(db, MunicipalityId(town.id)).await?;
    let sample = read.taken.iter().take(SAMPLE).map(|line| {
        let label = types.iter().find(|row| row.code == line.type_code);
        let label = label.map(|row| queries::type_ref(row, actor.locale).label).unwrap_or_default();
        let depot = depots.iter().find(|row| row.id == line.depot.0).map(|row| row.name.clone()).unwrap_or_default();
        (label, depot, line.quantity.get(), why(&line.reason, &row.reason).to_owned())
    });
    Ok(DeliveryPage {
        town: town_ref(&town),
        id,
        seen,
        sample: sample.collect(),
        taken: u32::try_from(read.taken.len())?,
        refused_count: u32::try_from(read.refused.len())?,
        refused: read.refused.into_iter().take(REFUSED).collect(),
        columns: read.columns,
    })
}

/// Takes every good line, in one transaction. Where they are not any more what the page showed, because a depot was closed or a
/// type taken out since, none is taken.
pub async fn import(backend: &Backend, actor: &Actor, insee: &str, id: EquipmentImportId, seen: &str) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let Some(row) = find(&town, id).lock_exclusive().one(&work.tx).await? else {
        let done = equipment_movement::Entity::find_by_id(id.0)
            .filter(equipment_movement::Column::MunicipalityId.eq(town.id))
            .one(&work.tx)
            .await?;
        return done.map(|_| ()).ok_or_else(|| told(AppError::NotFound));
    };
    let read = read(&work.tx, &town, &row.body).await?;
    if !seen.is_empty() && seen != shown(&read)? {
        return Err(told(Conflict::ChangedMeanwhile));
    }
    if read.taken.is_empty() {
        return Err(told(Conflict::NotInThisState));
    }
    let movements = read.taken.iter().map(|line| {
        let came = Movement::new(line.depot, &line.type_code, Act::Received(line.quantity));
        came.because(why(&line.reason, &row.reason))
    });
    ledger::post_once(&work, MunicipalityId(town.id), id.0, movements.collect()).await?;
    row.delete(&work.tx).await?;
    work.commit().await
}
