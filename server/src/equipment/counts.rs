//! Inventory counts: what is there against what the ledger says.

use domain::{
    actor::Actor,
    equipment::{Act, Balance, CountForm, CountPage, CountSheet, Counted, CountedLine, Movement, Quantity},
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::{CountId, DepotId, MunicipalityId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{ledger, queries};
use crate::{
    backend::Backend,
    entity::{equipment_count, equipment_count_line},
    error::{Result, Told, told},
    network::queries::town_ref,
    store::Work,
};

/// The sheet of a count: what is there first, then what might be.
pub async fn sheet(backend: &Backend, actor: &Actor, insee: &str, id: DepotId) -> Result<CountSheet> {
    let (db, town) = (backend.store.read(), queries::desk(backend, actor, insee).await?);
    let depot = queries::depot(db, &town, id).await?;
    let balances = queries::balances(db, MunicipalityId(town.id)).await?;
    let here = |code: &str| {
        let line = balances.iter().find(|line| line.depot == id && line.type_code == code);
        line.map(|line| line.balance).unwrap_or_default()
    };
    let types = queries::types(db).await?;
    let all = types.iter().map(|row| (row, here(&row.code)));
    let mut lines: Vec<_> = all
        .filter(|(row, balance)| row.enabled || balance.on_hand > 0)
        .map(|(row, balance)| (queries::type_ref(row, actor.locale), balance))
        .collect();
    lines.sort_by_key(|(_, balance)| balance.on_hand == 0);
    Ok(CountSheet { town: town_ref(&town), depot: queries::depot_ref(&depot), lines, once: Uuid::now_v7().to_string() })
}

/// Keeps a count, and corrects the ledger where it differs. A line whose stock moved since the sheet was shown is refused: what
/// was counted then says nothing of what is there now.
pub async fn count(backend: &Backend, actor: &Actor, insee: &str, depot: DepotId, form: CountForm) -> Result<CountId> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let account = work.actor.signed_in().map_err(told)?;
    let row = queries::depot(&work.tx, &town, depot).await?;
    if row.closed_at.is_some() {
        return Err(told(Conflict::DepotClosed));
    }
    let (note, lines) = form.read().told()?;
    ledger::hold(&work, MunicipalityId(town.id), lines.iter().map(|line| line.code.as_str())).await?;
    let said = (depot.0, &form);
    let id = ledger::pressed(&work, MunicipalityId(town.id), &form.once, &said)?.unwrap_or_else(Uuid::now_v7);
    if equipment_count::Entity::find_by_id(id).one(&work.tx).await?.is_some() {
        return Ok(CountId(id));
    }
    let mut errors = FieldErrors::default();
    for line in &lines {
        let now = queries::balance(&work.tx, depot, &line.code).await?;
        if let Some(problem) = problem(line, now) {
            errors.add(format!("lines.{}.counted", line.place), problem);
        }
    }
    errors.into_result().told()?;
    let count = equipment_count::ActiveModel {
        id: Set(id),
        municipality_id: Set(town.id),
        depot_id: Set(depot.0),
        started_by: Set(account.0),
        at: Set(work.now),
        note: Set(note),
    };
    count.insert(&work.tx).await?;
    let rows = lines.iter().map(|line| equipment_count_line::ActiveModel {
        count_id: Set(id),
        type_code: Set(line.code.clone()),
        expected: Set(line.expected),
        counted: Set(line.counted),
        reason: Set(Some(line.reason.clone()).filter(|reason| !reason.is_empty())),
    });
    equipment_count_line::Entity::insert_many(rows).exec_without_returning(&work.tx).await?;
    let corrections = lines.iter().filter_map(|line| correction(depot, line)).collect();
    ledger::post_all(&work, MunicipalityId(town.id), corrections).await?;
    work.commit().await?;
    Ok(CountId(id))
}

fn problem(line: &Counted, now: Balance) -> Option<Problem> {
    let positive = |units: i32| u32::try_from(units).unwrap_or_default();
    if now.on_hand != line.expected {
        Some(Problem::StockMoved { now: positive(now.on_hand) })
    } else if line.counted < now.reserved {
        Some(Problem::BelowReserved { reserved: positive(now.reserved) })
    } else if Quantity::new((line.counted - line.expected).abs()).is_none() && line.counted != line.expected {
        Some(Problem::OutOfRange { min: 0, max: i64::from(domain::equipment::QUANTITY_MAX) })
    } else {
        None
    }
}

fn correction(depot: DepotId, line: &Counted) -> Option<Movement> {
    let difference = line.counted - line.expected;
    let units = Quantity::new(difference.abs())?;
    let act = if difference > 0 { Act::Found(units) } else { Act::Missing(units) };
    Some(Movement::new(depot, &line.code, act).because(&line.reason))
}

/// A count.
pub async fn page(backend: &Backend, actor: &Actor, insee: &str, id: CountId) -> Result<CountPage> {
    let (db, town) = (backend.store.read(), queries::read(backend, actor, insee).await?);
    let found = equipment_count::Entity::find_by_id(id.0).filter(equipment_count::Column::MunicipalityId.eq(town.id));
    let row = found.one(db).await?.ok_or_else(|| told(AppError::NotFound))?;
    let depot = queries::depot(db, &town, DepotId(row.depot_id)).await?;
    let people = queries::people(db, vec![row.started_by]).await?;
    let counted = equipment_count_line::Entity::find().filter(equipment_count_line::Column::CountId.eq(id.0));
    let counted = counted.all(db).await?;
    let types = queries::types(db).await?;
    let lines = types.iter().filter_map(|kind| {
        let line = counted.iter().find(|line| line.type_code == kind.code)?;
        Some(CountedLine {
            equipment: queries::type_ref(kind, actor.locale),
            expected: line.expected,
            counted: line.counted,
            reason: line.reason.clone().unwrap_or_default(),
        })
    });
    Ok(CountPage {
        lines: lines.collect(),
        by: people.get(&row.started_by).cloned().unwrap_or_default(),
        at: row.at,
        note: row.note,
        depot: queries::depot_ref(&depot),
        town: town_ref(&town),
    })
}
