//! The stock of a town: what it has, from which level it wants to be told.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    equipment::{DeskPage, EquipmentType, LevelForm, StockLine, StockPage},
    error::FieldErrors,
    ids::MunicipalityId,
    text::sheet,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

use super::{queries, watch};
use crate::{
    backend::Backend,
    entity::{equipment_level, equipment_type, municipality},
    error::{Result, told},
    network::queries::town_ref,
    store::{Step, Work},
};

/// The reorder levels of a town, by type.
async fn levels(db: &impl ConnectionTrait, town: Uuid) -> Result<HashMap<String, i32>> {
    let rows = equipment_level::Entity::find().filter(equipment_level::Column::MunicipalityId.eq(town)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.type_code, row.reorder_level)).collect())
}

/// The stock of a town.
pub async fn page(backend: &Backend, actor: &Actor, insee: &str) -> Result<StockPage> {
    let (db, town) = (backend.store.read(), queries::read(backend, actor, insee).await?);
    let id = MunicipalityId(town.id);
    let (balances, levels) = (queries::balances(db, id).await?, levels(db, town.id).await?);
    let mut lines = Vec::new();
    for row in queries::types(db).await? {
        let balance = queries::total(&balances, &row.code);
        let level = levels.get(&row.code).copied().unwrap_or_default();
        // A type that the network took out of the choices is shown as long as some of it is there.
        if row.enabled || balance.on_hand > 0 {
            let equipment = queries::type_ref(&row, actor.locale);
            lines.push(StockLine { equipment, balance, level, low: balance.is_low(level) });
        }
    }
    let holds = |depot: Uuid| balances.iter().filter(|line| line.depot.0 == depot && line.balance.on_hand > 0).count();
    let mut depots = Vec::new();
    for row in queries::depots(db, id).await? {
        depots.push((queries::depot_ref(&row), u32::try_from(holds(row.id))?));
    }
    Ok(StockPage { town: town_ref(&town), lines, depots, may_write: actor.coordinates(id) })
}

/// The stock of a town as a table: a line per type and depot where some of it is.
pub async fn table(backend: &Backend, actor: &Actor, insee: &str) -> Result<String> {
    use app::i18n::{Texts, k::equipment as e};
    let (db, town) = (backend.store.read(), queries::read(backend, actor, insee).await?);
    let id = MunicipalityId(town.id);
    let t = Texts(actor.locale);
    let levels = levels(db, town.id).await?;
    let (balances, depots) = (queries::balances(db, id).await?, queries::depots(db, id).await?);
    let heads = [e::EQUIPMENT, e::CODE, e::UNIT, e::DEPOT, e::ON_HAND, e::RESERVED, e::FREE, e::LEVEL];
    let mut rows = vec![heads.map(|head| t.get(head).to_owned()).to_vec()];
    for row in queries::types(db).await? {
        let equipment = queries::type_ref(&row, actor.locale);
        let level = levels.get(&row.code).copied().unwrap_or_default();
        for line in balances.iter().filter(|line| line.type_code == row.code) {
            let depot = depots.iter().find(|depot| depot.id == line.depot.0).map(|depot| depot.name.as_str());
            let numbers = [line.balance.on_hand, line.balance.reserved, line.balance.free(), level];
            let mut cells: Vec<String> =
                [&equipment.label, &row.code, &equipment.unit].map(|text| sheet::text(text)).to_vec();
            cells.push(sheet::text(depot.unwrap_or_default()));
            cells.extend(numbers.map(|number| number.to_string()));
            rows.push(cells);
        }
    }
    Ok(sheet::print(&rows))
}

/// Types that a town may use, in a person's language, with their levels.
pub async fn choices(
    db: &impl ConnectionTrait,
    actor: &Actor,
    town: &municipality::Model,
) -> Result<Vec<(EquipmentType, i32)>> {
    let levels = levels(db, town.id).await?;
    let level = |row: &equipment_type::Model| levels.get(&row.code).copied().unwrap_or_default();
    let rows = queries::types(db).await?;
    let usable = rows.iter().filter(|row| row.enabled);
    Ok(usable.map(|row| (queries::type_ref(row, actor.locale), level(row))).collect())
}

/// What the forms choose from.
pub async fn desk(backend: &Backend, actor: &Actor, insee: &str) -> Result<DeskPage> {
    let (db, town) = (backend.store.read(), queries::desk(backend, actor, insee).await?);
    let depots = queries::depots(db, MunicipalityId(town.id)).await?;
    Ok(DeskPage {
        types: choices(db, actor, &town).await?,
        depots: depots.iter().filter(|row| row.closed_at.is_none()).map(queries::depot_ref).collect(),
        town: town_ref(&town),
        once: Uuid::now_v7().to_string(),
    })
}

/// Sets reorder levels. What is low already is seen on the page; an e-mail tells of what becomes so later.
pub async fn save_levels(backend: &Backend, actor: &Actor, insee: &str, forms: Vec<LevelForm>) -> Result<()> {
    use equipment_level::Column::{MunicipalityId as Town, ReorderLevel, TypeCode};
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let known = queries::types(&work.tx).await?;
    let before = levels(&work.tx, town.id).await?;
    let (mut errors, mut read) = (FieldErrors::default(), Vec::new());
    for (place, form) in forms.iter().enumerate() {
        let Some(level) = errors.take(&format!("levels.{place}.level"), form.read()) else { continue };
        let old = before.get(&form.code).copied().unwrap_or_default();
        if level != old && known.iter().any(|row| row.code == form.code) {
            read.push((form.code.as_str(), old, level));
        }
    }
    errors.into_result().map_err(told)?;
    // In the order in which the ledger takes them.
    read.sort_unstable();
    read.dedup_by_key(|(code, ..)| *code);
    for (code, old, level) in &read {
        let row = equipment_level::ActiveModel {
            municipality_id: Set(town.id),
            type_code: Set((*code).to_owned()),
            reorder_level: Set(*level),
            told_at: Set(None),
        };
        let again = OnConflict::columns([Town, TypeCode]).update_column(ReorderLevel).to_owned();
        equipment_level::Entity::insert(row).on_conflict(again).exec_without_returning(&work.tx).await?;
        let (from, to, municipality) = (old.to_string(), level.to_string(), Some(MunicipalityId(town.id)));
        let (subject, reason) = ("equipment_level", Some(*code));
        work.record(Step { subject, id: town.id, municipality, from: Some(&from), to: &to, reason }).await?;
    }
    let codes: Vec<&str> = read.iter().map(|(code, ..)| *code).collect();
    watch::settle(&work, MunicipalityId(town.id), &codes).await?;
    work.commit().await
}
