//! The ledger as it is read: filtered, a page at a time, or as a table.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use domain::{
    actor::Actor,
    equipment::{LedgerLine, LedgerPage, LedgerQuery, MovementKind},
    ids::{MissionId, MunicipalityId},
    paris,
    text::sheet,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::queries;
use crate::{
    backend::Backend,
    entity::{equipment_movement, mission, municipality},
    error::Result,
    network::queries::town_ref,
};

/// Lines a page.
const PER_PAGE: u32 = 50;
/// Lines of the longest table: what a spreadsheet still opens at once.
const TABLE_MAX: u64 = 50_000;

/// The lines that are asked for, newest first. What cannot be read filters nothing: an address may be typed.
fn asked(town: &municipality::Model, query: &LedgerQuery) -> Select<equipment_movement::Entity> {
    use equipment_movement::Column::{At, DepotId, Id, Kind, MissionId as Mission, MunicipalityId as Town, TypeCode};
    let mut found = equipment_movement::Entity::find().filter(Town.eq(town.id));
    if !query.equipment.is_empty() {
        found = found.filter(TypeCode.eq(&query.equipment));
    }
    if let Ok(depot) = query.depot.parse::<Uuid>() {
        found = found.filter(DepotId.eq(depot));
    }
    if let Some(kind) = MovementKind::parse(&query.kind) {
        found = found.filter(Kind.eq(kind.as_str()));
    }
    if let Ok(mission) = query.mission.parse::<Uuid>() {
        found = found.filter(Mission.eq(mission));
    }
    if let Some(day) = day(&query.from) {
        found = found.filter(At.gte(paris::midnight(day)));
    }
    if let Some(after) = day(&query.to).and_then(|day| day.checked_add_days(Days::new(1))) {
        found = found.filter(At.lt(paris::midnight(after)));
    }
    found.order_by_desc(At).order_by_desc(Id)
}

/// A day of an address; PostgreSQL knows no year beyond 294 276, and nobody asks for one.
fn day(typed: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok()?;
    (NaiveDate::from_ymd_opt(1900, 1, 1)? <= day && day <= NaiveDate::from_ymd_opt(9999, 1, 1)?).then_some(day)
}

/// The ledger, fifty lines a page.
pub async fn page(backend: &Backend, actor: &Actor, insee: &str, query: LedgerQuery) -> Result<LedgerPage> {
    let (db, town) = (backend.store.read(), queries::read(backend, actor, insee).await?);
    let found = asked(&town, &query);
    let total = u32::try_from(found.clone().count(db).await?)?;
    let pages = total.div_ceil(PER_PAGE).max(1);
    let page = query.page.clamp(1, pages);
    let rows = found.limit(u64::from(PER_PAGE)).offset(u64::from(PER_PAGE) * u64::from(page - 1)).all(db).await?;
    let types = queries::types(db).await?;
    let depots = queries::depots(db, MunicipalityId(town.id)).await?;
    let asked = match query.mission.parse::<Uuid>() {
        Ok(id) => mission::Entity::find_by_id(id).filter(mission::Column::MunicipalityId.eq(town.id)).one(db).await?,
        Err(_) => None,
    };
    Ok(LedgerPage {
        lines: lines(db, actor, &town, rows).await?,
        total,
        page,
        pages,
        types: types
            .iter()
            .map(|row| queries::type_ref(row, actor.locale))
            .map(|kind| (kind.code, kind.label))
            .collect(),
        depots: depots.iter().map(queries::depot_ref).collect(),
        mission: asked.map(|row| row.title),
        town: town_ref(&town),
    })
}

/// Lines with the names of what they speak of.
async fn lines(
    db: &impl ConnectionTrait,
    actor: &Actor,
    town: &municipality::Model,
    rows: Vec<equipment_movement::Model>,
) -> Result<Vec<LedgerLine>> {
    let types: HashMap<String, String> = queries::types(db)
        .await?
        .iter()
        .map(|row| (row.code.clone(), queries::type_ref(row, actor.locale).label))
        .collect();
    let depots: HashMap<Uuid, String> =
        queries::depots(db, MunicipalityId(town.id)).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let mut people: Vec<Uuid> = rows.iter().flat_map(|row| [row.actor_id, row.volunteer_id]).flatten().collect();
    people.sort_unstable();
    people.dedup();
    let people = queries::people(db, people).await?;
    let titles = titles(db, &rows).await?;
    let name = |id: Option<Uuid>| id.and_then(|id| people.get(&id)).cloned().unwrap_or_default();
    let line = |row: equipment_movement::Model| LedgerLine {
        at: row.at,
        kind: MovementKind::parse(&row.kind).unwrap_or(MovementKind::Corrected),
        quantity: row.quantity,
        equipment: types.get(&row.type_code).cloned().unwrap_or(row.type_code),
        depot: depots.get(&row.depot_id).cloned().unwrap_or_default(),
        mission: row.mission_id.map(|id| (MissionId(id), titles.get(&id).cloned().unwrap_or_default())),
        volunteer: name(row.volunteer_id),
        by: name(row.actor_id),
        reason: row.reason.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Titles of missions.
async fn titles(db: &impl ConnectionTrait, rows: &[equipment_movement::Model]) -> Result<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = rows.iter().filter_map(|row| row.mission_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut titles = HashMap::new();
    // SQLite takes so many parameters in one question.
    for ids in ids.chunks(1000) {
        let found: Vec<(Uuid, String)> = mission::Entity::find()
            .select_only()
            .column(mission::Column::Id)
            .column(mission::Column::Title)
            .filter(mission::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        titles.extend(found);
    }
    Ok(titles)
}

/// The ledger as a table: all that match, newest first.
pub async fn table(backend: &Backend, actor: &Actor, insee: &str, query: LedgerQuery) -> Result<String> {
    use app::{
        equipment::kind_word,
        i18n::{Texts, k::equipment as e},
    };
    let (db, town) = (backend.store.read(), queries::read(backend, actor, insee).await?);
    let t = Texts(actor.locale);
    let heads =
        [e::DATE, e::KIND, e::EQUIPMENT, e::DEPOT, e::QUANTITY, e::MISSION, e::VOLUNTEER, e::REASON, e::WRITTEN_BY];
    let mut rows = vec![heads.map(|head| t.get(head).to_owned()).to_vec()];
    let found = asked(&town, &query).limit(TABLE_MAX).all(db).await?;
    for line in lines(db, actor, &town, found).await? {
        let when = paris::to_paris(line.at).format("%Y-%m-%d %H:%M").to_string();
        let mission = line.mission.map(|(_, title)| title).unwrap_or_default();
        let mut cells = vec![when, t.get(kind_word(line.kind)).to_owned()];
        cells.extend([&line.equipment, &line.depot].map(|text| sheet::text(text)));
        cells.push(line.quantity.to_string());
        cells.extend([&mission, &line.volunteer, &line.reason, &line.by].map(|text| sheet::text(text)));
        rows.push(cells);
    }
    Ok(sheet::print(&rows))
}
