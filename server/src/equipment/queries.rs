//! Questions about equipment.

use std::collections::HashMap;

use domain::{
    actor::{Actor, Locale},
    equipment::{Balance, DepotRef, EquipmentType, MovementKind, Standing},
    error::AppError,
    ids::{DepotId, MissionId, MunicipalityId},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, sea_query::NullOrdering,
};
use uuid::Uuid;

use crate::{
    accounts::queries::full_name,
    backend::Backend,
    entity::{account, depot, equipment_movement, equipment_stock, equipment_type, municipality},
    error::{Result, told},
    network,
    store::Work,
};

/// A town that the viewer may read.
///
/// # Errors
/// `NotFound` when it is not theirs.
pub async fn read(backend: &Backend, actor: &Actor, insee: &str) -> Result<municipality::Model> {
    let town = network::queries::by_insee(backend.store.read(), insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    Ok(town)
}

/// A town that the viewer coordinates.
///
/// # Errors
/// `NotFound` when it is not theirs.
pub async fn desk(backend: &Backend, actor: &Actor, insee: &str) -> Result<municipality::Model> {
    let town = network::queries::by_insee(backend.store.read(), insee).await?;
    actor.require_coordinator(MunicipalityId(town.id)).map_err(told)?;
    Ok(town)
}

/// A town that the actor coordinates.
///
/// # Errors
/// `NotFound` when it is not theirs.
pub async fn own(work: &Work, insee: &str) -> Result<municipality::Model> {
    let town = network::queries::by_insee(&work.tx, insee).await?;
    work.actor.require_coordinator(MunicipalityId(town.id)).map_err(told)?;
    Ok(town)
}

/// What a depot holds of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepotBalance {
    /// The type.
    pub type_code: String,
    /// The depot.
    pub depot: DepotId,
    /// What is there, and what of it is reserved.
    pub balance: Balance,
}

/// What every depot of a town holds, type by type; [`total`] adds the depots of a type.
///
/// # Errors
/// When the database cannot be reached.
pub async fn balances(db: &impl ConnectionTrait, town: MunicipalityId) -> Result<Vec<DepotBalance>> {
    let rows = equipment_stock::Entity::find()
        .filter(equipment_stock::Column::MunicipalityId.eq(town.0))
        .order_by_asc(equipment_stock::Column::TypeCode)
        .order_by_asc(equipment_stock::Column::DepotId)
        .all(db)
        .await?;
    let line = |row: equipment_stock::Model| DepotBalance {
        type_code: row.type_code,
        depot: DepotId(row.depot_id),
        balance: Balance { on_hand: row.on_hand, reserved: row.reserved },
    };
    Ok(rows.into_iter().map(line).collect())
}

/// What all depots together hold of one type.
pub fn total(balances: &[DepotBalance], code: &str) -> Balance {
    let here = balances.iter().filter(|line| line.type_code == code);
    here.fold(Balance::default(), |sum, line| sum.and(line.balance))
}

/// Where a mission stands with one type of equipment at one depot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissionStanding {
    /// The type.
    pub type_code: String,
    /// The depot.
    pub depot: DepotId,
    /// Units that the mission is promised there.
    pub reserved: i32,
    /// Units handed out from there, less what came back there and what was lost of it: below zero where more came back than
    /// left. Over all depots it is what the mission still has.
    pub issued: i32,
}

/// Where a mission stands with its equipment, by type and depot: the sums of its lines in the ledger.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of_mission(db: &impl ConnectionTrait, mission: MissionId) -> Result<Vec<MissionStanding>> {
    use equipment_movement::Column::{
        DepotId as Depot, Kind, MissionId as Mission, Quantity, ReservedChange, TypeCode,
    };
    let sums: Vec<(String, Uuid, String, i64, i64)> = equipment_movement::Entity::find()
        .select_only()
        .column(TypeCode)
        .column(Depot)
        .column(Kind)
        .column_as(Quantity.sum(), "quantity")
        .column_as(ReservedChange.sum(), "reserved")
        .filter(Mission.eq(mission.0))
        .group_by(TypeCode)
        .group_by(Depot)
        .group_by(Kind)
        .order_by_asc(TypeCode)
        .order_by_asc(Depot)
        .into_tuple()
        .all(db)
        .await?;
    let mut lines: Vec<MissionStanding> = Vec::new();
    for (type_code, depot, kind, quantity, reserved) in sums {
        let (quantity, reserved) = (i32::try_from(quantity)?, i32::try_from(reserved)?);
        let issued = match MovementKind::parse(&kind) {
            Some(MovementKind::Issued) => quantity,
            Some(MovementKind::Returned | MovementKind::Lost) => -quantity,
            _ => 0,
        };
        match lines.last_mut().filter(|line| line.type_code == type_code && line.depot.0 == depot) {
            Some(line) => (line.reserved, line.issued) = (line.reserved + reserved, line.issued + issued),
            None => lines.push(MissionStanding { type_code, depot: DepotId(depot), reserved, issued }),
        }
    }
    Ok(lines)
}

/// Where a mission stands before a movement of this type at this depot.
///
/// # Errors
/// When the database cannot be reached.
pub async fn standing(db: &impl ConnectionTrait, mission: MissionId, depot: DepotId, code: &str) -> Result<Standing> {
    let lines = of_mission(db, mission).await?;
    let of_type = || lines.iter().filter(|line| line.type_code == code);
    Ok(Standing {
        reserved: of_type().filter(|line| line.depot == depot).map(|line| line.reserved).sum(),
        issued: of_type().map(|line| line.issued).sum(),
    })
}

/// Every type of equipment, in the network's order.
///
/// # Errors
/// When the database cannot be reached.
pub async fn types(db: &impl ConnectionTrait) -> Result<Vec<equipment_type::Model>> {
    Ok(equipment_type::Entity::find()
        .order_by_asc(equipment_type::Column::Position)
        .order_by_asc(equipment_type::Column::Code)
        .all(db)
        .await?)
}

/// A type in a person's language.
pub fn type_ref(row: &equipment_type::Model, locale: Locale) -> EquipmentType {
    EquipmentType {
        code: row.code.clone(),
        label: locale.pick(&row.label_fr, &row.label_en).to_owned(),
        unit: locale.pick(&row.unit_fr, &row.unit_en).to_owned(),
        single_use: row.single_use,
    }
}

/// The depots of a town by name, open ones first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn depots(db: &impl ConnectionTrait, town: MunicipalityId) -> Result<Vec<depot::Model>> {
    Ok(depot::Entity::find()
        .filter(depot::Column::MunicipalityId.eq(town.0))
        .order_by_with_nulls(depot::Column::ClosedAt, Order::Asc, NullOrdering::First)
        .order_by_asc(depot::Column::NameFolded)
        .order_by_asc(depot::Column::Id)
        .all(db)
        .await?)
}

/// A depot by name.
pub fn depot_ref(row: &depot::Model) -> DepotRef {
    DepotRef { id: DepotId(row.id), name: row.name.clone(), closed: row.closed_at.is_some() }
}

/// A depot of this town.
///
/// # Errors
/// `NotFound` when it is another town’s.
pub async fn depot(db: &impl ConnectionTrait, town: &municipality::Model, id: DepotId) -> Result<depot::Model> {
    let found = depot::Entity::find_by_id(id.0).filter(depot::Column::MunicipalityId.eq(town.id)).one(db).await?;
    found.ok_or_else(|| told(AppError::NotFound))
}

/// What a depot holds of a type.
///
/// # Errors
/// When the database cannot be reached.
pub async fn balance(db: &impl ConnectionTrait, depot: DepotId, code: &str) -> Result<Balance> {
    let row = equipment_stock::Entity::find_by_id((depot.0, code.to_owned())).one(db).await?;
    Ok(row.map(|row| Balance { on_hand: row.on_hand, reserved: row.reserved }).unwrap_or_default())
}

/// Names of people by their accounts; who is gone has none.
///
/// # Errors
/// When the database cannot be reached.
pub async fn people(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, full_name(&row))).collect())
}
