//! The ledger: the one way in which equipment moves. A movement and the balance it changes are written together or not at all.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    equipment::{Act, Effect, Movement, Standing, effect},
    error::{AppError, Conflict},
    ids::MunicipalityId,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::{queries, watch};
use crate::{
    entity::{depot, equipment_level, equipment_movement, equipment_stock, equipment_type, mission},
    error::{Result, Told, told},
    store::Work,
};

/// Writes a movement of a town's equipment. Whether the actor may is asked before; that the depot, the type and the mission are
/// the town's own is asked here.
///
/// # Errors
/// `NotEnoughStock`, `MoreThanReserved`, `MoreThanIssued`, `DepotClosed`; `NotFound` for what is not this town's. The whole
/// transaction must be dropped then.
pub async fn post(work: &Work, town: MunicipalityId, movement: Movement) -> Result<()> {
    post_all(work, town, vec![movement]).await
}

/// Writes several movements as one act: what falls short because of it is told in one e-mail, once all are written.
///
/// Locks are taken in one order, whoever asks: missions, depots, then types. So two acts never wait for each other in a circle;
/// an act that locks anything else of these locks it before, and posts once.
///
/// # Errors
/// Those of [`post`].
pub async fn post_all(work: &Work, town: MunicipalityId, movements: Vec<Movement>) -> Result<()> {
    post_once(work, town, Uuid::now_v7(), movements).await
}

/// The number of an act: the same from one account's page, with the same things typed, however often it is sent. `None` for a
/// page without `once`.
///
/// # Errors
/// When it cannot be written down.
pub fn pressed(work: &Work, town: MunicipalityId, once: &str, said: &impl Serialize) -> Result<Option<Uuid>> {
    if once.is_empty() {
        return Ok(None);
    }
    let told = serde_json::to_vec(&(town.0, work.actor.account.map(|id| id.0), once, said))?;
    let mut number = [0; 16];
    // Its first byte stays zero: among the lines of its instant it is the first.
    for (place, byte) in number.iter_mut().skip(1).zip(Sha256::digest(told)) {
        *place = byte;
    }
    Ok(Some(Builder::from_random_bytes(number).into_uuid()))
}

/// Writes several movements as one act that has a number, the id of its first line: what is written already is left as it is,
/// and of two who write it at once one does.
///
/// # Errors
/// Those of [`post`].
pub async fn post_once(work: &Work, town: MunicipalityId, act: Uuid, movements: Vec<Movement>) -> Result<()> {
    let missions: BTreeSet<Uuid> =
        movements.iter().filter_map(|movement| movement.act.concerns().map(|of| of.mission.0)).collect();
    for id in missions {
        let own = mission::Entity::find_by_id(id).filter(mission::Column::MunicipalityId.eq(town.0));
        own.lock_exclusive().one(&work.tx).await?.ok_or_else(|| told(AppError::NotFound))?;
    }
    let depots: BTreeSet<Uuid> = movements.iter().map(|movement| movement.depot.0).collect();
    for id in depots {
        let own = depot::Entity::find_by_id(id).filter(depot::Column::MunicipalityId.eq(town.0));
        let row = own.lock_shared().one(&work.tx).await?.ok_or_else(|| told(AppError::NotFound))?;
        if row.closed_at.is_some() {
            return Err(told(Conflict::DepotClosed));
        }
    }
    let mut by_type: BTreeMap<&str, Vec<&Movement>> = BTreeMap::new();
    for movement in &movements {
        by_type.entry(&movement.type_code).or_default().push(movement);
    }
    hold(work, town, by_type.keys().copied()).await?;
    // Whoever is second on a type waited above until the first was done.
    if equipment_movement::Entity::find_by_id(act).one(&work.tx).await?.is_some() {
        return Ok(());
    }
    for (place, movement) in by_type.values().flatten().enumerate() {
        let id = if place == 0 { act } else { Uuid::now_v7() };
        write(work, town, id, movement).await?;
    }
    watch::look(work, town, &by_type.into_keys().collect::<Vec<_>>()).await
}

/// Keeps everybody else from moving these types in a town until the transaction ends, for an act that looks before it posts.
///
/// # Errors
/// `NotFound` for a type that there is not.
pub async fn hold<'a>(work: &Work, town: MunicipalityId, codes: impl Iterator<Item = &'a str> + Send) -> Result<()> {
    let codes: BTreeSet<&str> = codes.collect();
    for code in codes {
        lock_type(work, town, code).await?;
    }
    Ok(())
}

/// One at a time moves a type in a town: the row of its reorder level is the turnstile, made when there is none.
async fn lock_type(work: &Work, town: MunicipalityId, code: &str) -> Result<()> {
    equipment_type::Entity::find_by_id(code).one(&work.tx).await?.ok_or_else(|| told(AppError::NotFound))?;
    let row = equipment_level::ActiveModel {
        municipality_id: Set(town.0),
        type_code: Set(code.to_owned()),
        reorder_level: Set(0),
        told_at: Set(None),
    };
    // Writing what is there already changes nothing and locks the row.
    let same = OnConflict::columns([equipment_level::Column::MunicipalityId, equipment_level::Column::TypeCode])
        .update_column(equipment_level::Column::TypeCode)
        .to_owned();
    equipment_level::Entity::insert(row).on_conflict(same).exec_without_returning(&work.tx).await?;
    Ok(())
}

async fn write(work: &Work, town: MunicipalityId, id: Uuid, movement: &Movement) -> Result<()> {
    let standing = match movement.act.concerns() {
        Some(of) => queries::standing(&work.tx, of.mission, movement.depot, &movement.type_code).await?,
        None => Standing::default(),
    };
    let effect = effect(movement.act, standing).told()?;
    change(work, town, movement, effect).await?;
    let of = movement.act.concerns();
    equipment_movement::ActiveModel {
        id: Set(id),
        municipality_id: Set(town.0),
        depot_id: Set(movement.depot.0),
        type_code: Set(movement.type_code.clone()),
        kind: Set(movement.act.kind().as_str().to_owned()),
        quantity: Set(movement.act.quantity()),
        on_hand_change: Set(effect.on_hand),
        reserved_change: Set(effect.reserved),
        mission_id: Set(of.map(|of| of.mission.0)),
        slot_id: Set(of.and_then(|of| of.slot).map(|id| id.0)),
        application_id: Set(of.and_then(|of| of.application).map(|id| id.0)),
        volunteer_id: Set(of.and_then(|of| of.volunteer).map(|id| id.0)),
        reason: Set(Some(movement.reason.clone()).filter(|reason| !reason.is_empty())),
        actor_id: Set(work.actor.account.map(|id| id.0)),
        at: Set(work.now),
    }
    .insert(&work.tx)
    .await?;
    Ok(())
}

/// Changes the balance by one conditional write: it asks what `Balance::after` asks, of what is there at that moment.
async fn change(work: &Work, town: MunicipalityId, movement: &Movement, effect: Effect) -> Result<()> {
    use equipment_stock::Column::{DepotId, OnHand, Reserved, TypeCode};
    if matches!(movement.act, Act::LostInUse(..)) {
        return Ok(());
    }
    if effect.on_hand > 0 {
        let row = equipment_stock::ActiveModel {
            depot_id: Set(movement.depot.0),
            type_code: Set(movement.type_code.clone()),
            municipality_id: Set(town.0),
            on_hand: Set(0),
            reserved: Set(0),
        };
        let there = OnConflict::columns([DepotId, TypeCode]).do_nothing().to_owned();
        equipment_stock::Entity::insert(row).on_conflict(there).exec_without_returning(&work.tx).await?;
    }
    let (on_hand, reserved) = (Expr::col(OnHand).add(effect.on_hand), Expr::col(Reserved).add(effect.reserved));
    let changed = equipment_stock::Entity::update_many()
        .col_expr(OnHand, on_hand.clone())
        .col_expr(Reserved, reserved.clone())
        .filter(DepotId.eq(movement.depot.0))
        .filter(TypeCode.eq(&movement.type_code))
        // Less than what a column holds: a sum that would not fit is never made.
        .filter(OnHand.lte(i32::MAX - Ord::max(effect.on_hand, 0)))
        .filter(reserved.clone().gte(0))
        .filter(reserved.lte(on_hand))
        .exec(&work.tx)
        .await?;
    if changed.rows_affected == 1 { Ok(()) } else { Err(told(Conflict::NotEnoughStock)) }
}
