//! Reserving and releasing: what a mission needs of the stock is promised to it, and what will not happen any more is given
//! back, in the transaction of the act that it follows from. Whoever comes here holds the mission's row.

use std::collections::HashMap;

use app::i18n::{Texts, k::supplies as s};
use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Locale},
    equipment::{Act, EquipmentType, Movement, Quantity},
    error::Conflict,
    ids::{DepotId, MissionId, MunicipalityId, ReviewId},
    missions::MissionContent,
    reviews::ReviewStatus,
    supplies::{
        MissionSupplies, SupplyLine,
        needs::{Cover, spread},
    },
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    plan::{self, Wanted},
    queries::{self, HandedOver, Reserved},
};
use crate::{
    backend::Backend,
    entity::{depot, equipment_stock, mission},
    equipment::ledger,
    error::{Result, told},
    missions::queries as missions,
    reviews::case::Case,
    store::{Step, Work},
};

/// Units of each kind that were reserved, released, and that were not there.
#[derive(Debug, Default)]
struct Settled {
    reserved: Wanted,
    released: Wanted,
    short: Wanted,
}

/// A line of the ledger to be written; `None` for no unit.
pub(super) fn movement(depot: Uuid, code: &str, units: u32, act: impl FnOnce(Quantity) -> Act) -> Option<Movement> {
    let quantity = i32::try_from(units).ok().and_then(Quantity::new)?;
    Some(Movement::new(DepotId(depot), code, act(quantity)))
}

/// Units of a row of the stock that are reserved for nobody.
pub(super) fn free_of(row: &equipment_stock::Model) -> u32 {
    u32::try_from(row.on_hand - row.reserved).unwrap_or_default()
}

/// Releases what is reserved for what will not happen any more; `fill` also reserves what is needed and there.
///
/// # Errors
/// When the database refuses.
pub async fn settle(work: &Work, mission: &mission::Model, fill: bool) -> Result<()> {
    let kinds = queries::kinds(&work.tx, Locale::Fr).await?;
    let handed = queries::handed(&work.tx, &[mission.id]).await?;
    let wanted = plan::wanted(&work.tx, mission, &kinds, &handed, work.now).await?;
    let settled = to(work, mission, &wanted, fill).await?;
    record(work, mission, &kinds, &settled).await
}

/// Brings what is reserved for a mission to what is wanted.
async fn to(work: &Work, mission: &mission::Model, wanted: &Wanted, fill: bool) -> Result<Settled> {
    let town = MunicipalityId(mission.municipality_id);
    let before = queries::reserved(&work.tx, &[mission.id]).await?;
    let mut codes: Vec<String> = wanted.keys().cloned().chain(before.keys().map(|(_, code, _)| code.clone())).collect();
    codes.sort_unstable();
    codes.dedup();
    let (mut settled, mut movements) = (Settled::default(), Vec::new());
    if codes.is_empty() {
        return Ok(settled);
    }
    // Held before it is read: of two who want the last ones, the second reads what the first left.
    hold_stock(work, town, &codes).await?;
    let stock = queries::stocks(&work.tx, town.0, None).await?;
    for code in codes {
        let needed = wanted.get(&code).copied().unwrap_or_default();
        let cover = Cover { needed, reserved: queries::reserved_of(&before, mission.id, &code), free: 0 };
        if cover.to_release() > 0 {
            movements.extend(releases(mission, &before, &code, cover.to_release()));
            settled.released.insert(code, cover.to_release());
        } else if fill && cover.unreserved() > 0 {
            let there = stock.iter().map(|(_, row)| row).filter(|row| row.type_code == code);
            let (got, acts) = reservations(mission, there, cover.unreserved());
            movements.extend(acts);
            if got < cover.unreserved() {
                settled.short.insert(code.clone(), cover.unreserved() - got);
            }
            if got > 0 {
                settled.reserved.insert(code, got);
            }
        }
    }
    if !movements.is_empty() {
        ledger::post_all(work, town, movements).await?;
    }
    Ok(settled)
}

/// Keeps everybody else from moving these kinds in a town: its depots first, then the kinds, as the ledger locks them.
///
/// # Errors
/// When the database refuses.
pub(super) async fn hold_stock(work: &Work, town: MunicipalityId, codes: &[String]) -> Result<()> {
    depot::Entity::find()
        .filter(depot::Column::MunicipalityId.eq(town.0))
        .order_by_asc(depot::Column::Id)
        .lock_shared()
        .all(&work.tx)
        .await?;
    ledger::hold(work, town, codes.iter().map(String::as_str)).await
}

/// Up to so many units of a kind, from where most are free: how many it are, and the lines.
fn reservations<'a>(
    mission: &mission::Model,
    stock: impl Iterator<Item = &'a equipment_stock::Model>,
    units: u32,
) -> (u32, Vec<Movement>) {
    let mut rows: Vec<_> = stock.collect();
    rows.sort_by_key(|row| std::cmp::Reverse(free_of(row)));
    let taken = spread(units, rows.into_iter().map(|row| (row, free_of(row))));
    let got = taken.iter().map(|(_, some)| some).sum();
    let promise = |quantity| Act::Reserved(quantity, MissionId(mission.id));
    (got, taken.into_iter().filter_map(|(row, some)| movement(row.depot_id, &row.type_code, some, promise)).collect())
}

fn releases(mission: &mission::Model, reserved: &Reserved, code: &str, units: u32) -> Vec<Movement> {
    let here = reserved.iter().filter(|((_, kind, _), _)| kind == code).map(|((_, _, depot), units)| (*depot, *units));
    let give_up = |quantity| Act::Released(quantity, MissionId(mission.id));
    spread(units, here).into_iter().filter_map(|(depot, some)| movement(depot, code, some, give_up)).collect()
}

/// What the mission's history says of it.
async fn record(
    work: &Work,
    mission: &mission::Model,
    kinds: &[(EquipmentType, bool)],
    settled: &Settled,
) -> Result<()> {
    let acts = [
        ("equipment_reserved", &settled.reserved),
        ("equipment_released", &settled.released),
        ("equipment_short", &settled.short),
    ];
    for (to, units) in acts.into_iter().filter(|(_, units)| !units.is_empty()) {
        let list = list(kinds, units);
        work.record(Step {
            subject: "mission",
            id: mission.id,
            municipality: Some(MunicipalityId(mission.municipality_id)),
            from: None,
            to,
            reason: Some(&list),
        })
        .await?;
    }
    Ok(())
}

/// Kinds with their units, in French: histories are in the language of the town.
fn list(kinds: &[(EquipmentType, bool)], units: &Wanted) -> String {
    let t = Texts(Locale::Fr);
    let line = |(code, units): (&String, &u32)| {
        let label = kinds.iter().find(|(kind, _)| kind.code == *code).map_or(code.as_str(), |(kind, _)| &kind.label);
        t.with(s::UNITS_OF, &[("label", label), ("n", &units.to_string())])
    };
    units.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// What the panels of some missions of a town are drawn from: five questions whatever their number.
#[derive(Debug)]
pub struct Shelf {
    kinds: Vec<(EquipmentType, bool)>,
    reserved: Reserved,
    handed: HandedOver,
    free: HashMap<String, u32>,
}

impl Shelf {
    /// Reads it.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(db: &impl ConnectionTrait, locale: Locale, town: Uuid, missions: &[Uuid]) -> Result<Self> {
        Ok(Self {
            kinds: queries::kinds(db, locale).await?,
            reserved: queries::reserved(db, missions).await?,
            handed: queries::handed(db, missions).await?,
            free: queries::free(db, town).await?,
        })
    }

    /// What a mission needs as it is written, against the stock.
    pub fn panel(&self, mission: Uuid, content: &MissionContent, now: DateTime<Utc>) -> MissionSupplies {
        let planned = plan::of_content(content, now);
        let needed = plan::units(&content.equipment, &self.kinds, &planned, &self.handed, now);
        let lines = self.kinds.iter().filter_map(|(kind, _)| {
            let need = content.equipment.iter().find(|need| need.code == kind.code).cloned();
            let reserved = queries::reserved_of(&self.reserved, mission, &kind.code);
            (need.is_some() || reserved > 0).then(|| SupplyLine {
                cover: Cover {
                    needed: needed.get(&kind.code).copied().unwrap_or_default(),
                    reserved,
                    free: self.free.get(&kind.code).copied().unwrap_or_default(),
                },
                need: need.unwrap_or_default(),
                kind: kind.clone(),
            })
        });
        MissionSupplies { lines: lines.collect() }
    }
}

/// Reserves what the mission under review needs and is there.
pub async fn reserve(backend: &Backend, actor: &Actor, id: ReviewId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = hold(&work, id).await?;
    let kinds = queries::kinds(&work.tx, Locale::Fr).await?;
    let handed = queries::handed(&work.tx, &[case.mission.id]).await?;
    let wanted = plan::wanted(&work.tx, &case.mission, &kinds, &handed, work.now).await?;
    let settled = to(&work, &case.mission, &wanted, true).await?;
    if settled.reserved.is_empty() && settled.released.is_empty() {
        return Err(told(Conflict::NothingToReserve));
    }
    record(&work, &case.mission, &kinds, &settled).await?;
    work.commit().await
}

/// Gives back to the stock all that is reserved for the mission under review.
pub async fn release(backend: &Backend, actor: &Actor, id: ReviewId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = hold(&work, id).await?;
    let settled = to(&work, &case.mission, &Wanted::new(), false).await?;
    if settled.released.is_empty() {
        return Err(told(Conflict::NotInThisState));
    }
    let kinds = queries::kinds(&work.tx, Locale::Fr).await?;
    record(&work, &case.mission, &kinds, &settled).await?;
    work.commit().await
}

/// An open review of a mission that is not over, for a coordinator of its town.
async fn hold(work: &Work, id: ReviewId) -> Result<Case> {
    let case = Case::hold(work, id).await?;
    // Its equipment stays the town's, whoever decides in its place.
    work.actor.require_coordinator(MunicipalityId(case.review.municipality_id)).map_err(told)?;
    if missions::status(&case.mission).is_over() || !ReviewStatus::is_open(case.status()) {
        return Err(told(Conflict::NotInThisState));
    }
    Ok(case)
}
