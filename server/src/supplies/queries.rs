//! Questions about the stock and the ledger, as missions see them.

use std::collections::{BTreeMap, HashMap};

use app::i18n::{Texts, k::supplies as s};
use domain::{
    actor::Locale,
    equipment::{EquipmentType, MovementKind},
    missions::EquipmentNeed,
    supplies::needs::Handed,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    entity::{depot, equipment_movement, equipment_stock},
    equipment::queries as stock,
    error::Result,
};

/// Every kind of equipment, in the network's order, with whether it is offered to new missions.
///
/// # Errors
/// When the database cannot be reached.
pub async fn kinds(db: &impl ConnectionTrait, locale: Locale) -> Result<Vec<(EquipmentType, bool)>> {
    let rows = stock::types(db).await?;
    Ok(rows.iter().map(|row| (stock::type_ref(row, locale), row.enabled)).collect())
}

/// Kinds that the editor of a mission offers: the network's, and those that the mission asks for already.
///
/// # Errors
/// When the database cannot be reached.
pub async fn offered(db: &impl ConnectionTrait, locale: Locale, needs: &[EquipmentNeed]) -> Result<Vec<EquipmentType>> {
    let asked = |kind: &EquipmentType| needs.iter().any(|need| need.code == kind.code);
    Ok(kinds(db, locale)
        .await?
        .into_iter()
        .filter(|(kind, enabled)| *enabled || asked(kind))
        .map(|(kind, _)| kind)
        .collect())
}

/// What is provided, in words: a kind a line.
///
/// # Errors
/// When the database cannot be reached.
pub async fn provided(db: &impl ConnectionTrait, locale: Locale, needs: &[EquipmentNeed]) -> Result<Vec<String>> {
    if needs.is_empty() {
        return Ok(Vec::new());
    }
    let t = Texts(locale);
    let kinds = kinds(db, locale).await?;
    let said = |need: &EquipmentNeed, kind: &EquipmentType| {
        let (each, common) = (need.per_volunteer.to_string(), need.per_slot.to_string());
        let text = match (need.per_volunteer, need.per_slot) {
            (_, 0) => s::PROVIDED_EACH,
            (0, _) => s::PROVIDED_COMMON,
            _ => s::PROVIDED_BOTH,
        };
        t.with(text, &[("label", &kind.label), ("each", &each), ("common", &common)])
    };
    Ok(kinds
        .iter()
        .filter_map(|(kind, _)| needs.iter().find(|need| need.code == kind.code).map(|need| said(need, kind)))
        .collect())
}

/// Units of a town that are reserved for nobody, by kind, in its open depots.
///
/// # Errors
/// When the database cannot be reached.
pub async fn free(db: &impl ConnectionTrait, town: Uuid) -> Result<HashMap<String, u32>> {
    let mut free: HashMap<String, u32> = HashMap::new();
    for (_, row) in stocks(db, town, None).await? {
        let units = u32::try_from(row.on_hand - row.reserved).unwrap_or_default();
        *free.entry(row.type_code).or_default() += units;
    }
    Ok(free)
}

/// What the open depots of a town hold, of one kind or of all: the depot's name first, by name.
///
/// # Errors
/// When the database cannot be reached.
pub async fn stocks(
    db: &impl ConnectionTrait,
    town: Uuid,
    code: Option<&str>,
) -> Result<Vec<(String, equipment_stock::Model)>> {
    let depots: HashMap<Uuid, String> = depot::Entity::find()
        .filter(depot::Column::MunicipalityId.eq(town))
        .filter(depot::Column::ClosedAt.is_null())
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let mut asked = equipment_stock::Entity::find().filter(equipment_stock::Column::MunicipalityId.eq(town));
    if let Some(code) = code {
        asked = asked.filter(equipment_stock::Column::TypeCode.eq(code));
    }
    let mut rows: Vec<_> = asked
        .all(db)
        .await?
        .into_iter()
        .filter_map(|row| depots.get(&row.depot_id).map(|name| (name.clone(), row)))
        .collect();
    rows.sort_by(|(one, first), (other, second)| (one, first.depot_id).cmp(&(other, second.depot_id)));
    Ok(rows)
}

/// What is reserved for missions: by mission, kind and depot.
pub type Reserved = BTreeMap<(Uuid, String, Uuid), u32>;

/// What is reserved for some missions.
///
/// # Errors
/// When the database cannot be reached.
pub async fn reserved(db: &impl ConnectionTrait, missions: &[Uuid]) -> Result<Reserved> {
    use equipment_movement::Column;
    if missions.is_empty() {
        return Ok(Reserved::new());
    }
    let rows: Vec<(Uuid, String, Uuid, i64)> = equipment_movement::Entity::find()
        .select_only()
        .columns([Column::MissionId, Column::TypeCode, Column::DepotId])
        .column_as(Expr::col(Column::ReservedChange).sum().cast_as("BIGINT"), "units")
        .filter(Column::MissionId.is_in(missions.iter().copied()))
        .group_by(Column::MissionId)
        .group_by(Column::TypeCode)
        .group_by(Column::DepotId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(mission, code, depot, units)| {
            let units = u32::try_from(units).ok().filter(|units| *units > 0)?;
            Some(((mission, code, depot), units))
        })
        .collect())
}

/// Units of a kind that are reserved for a mission, in all depots.
pub fn reserved_of(reserved: &Reserved, mission: Uuid, code: &str) -> u32 {
    reserved.iter().filter(|((id, kind, _), _)| *id == mission && kind == code).map(|(_, units)| units).sum()
}

/// What changed hands, by slot, application and kind.
pub type HandedOver = HashMap<(Uuid, Uuid, String), Handed>;

/// What changed hands on the slots of some missions.
///
/// # Errors
/// When the database cannot be reached.
pub async fn handed(db: &impl ConnectionTrait, missions: &[Uuid]) -> Result<HandedOver> {
    use equipment_movement::Column;
    let mut handed = HandedOver::new();
    if missions.is_empty() {
        return Ok(handed);
    }
    let rows: Vec<(Uuid, Uuid, String, String, i64)> = equipment_movement::Entity::find()
        .select_only()
        .columns([Column::SlotId, Column::ApplicationId, Column::TypeCode, Column::Kind])
        .column_as(Expr::col(Column::Quantity).sum().cast_as("BIGINT"), "units")
        .filter(Column::MissionId.is_in(missions.iter().copied()))
        .filter(Column::SlotId.is_not_null())
        .filter(Column::ApplicationId.is_not_null())
        .group_by(Column::SlotId)
        .group_by(Column::ApplicationId)
        .group_by(Column::TypeCode)
        .group_by(Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    for (slot, application, code, kind, units) in rows {
        let (units, entry) =
            (u32::try_from(units).unwrap_or_default(), handed.entry((slot, application, code)).or_default());
        match MovementKind::parse(&kind) {
            Some(MovementKind::Issued) => entry.issued = units,
            Some(MovementKind::Returned) => entry.returned = units,
            Some(MovementKind::Lost) => entry.lost = units,
            _ => {}
        }
    }
    Ok(handed)
}

/// What changed hands of a kind on a slot, whoever got it.
pub fn on_slot(handed: &HandedOver, slot: Uuid, code: &str) -> Handed {
    handed.iter().filter(|((id, _, kind), _)| *id == slot && kind == code).fold(Handed::default(), |sum, (_, units)| {
        Handed {
            issued: sum.issued + units.issued,
            returned: sum.returned + units.returned,
            lost: sum.lost + units.lost,
        }
    })
}
