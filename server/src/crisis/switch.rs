//! Switching measures on, and their end.

use domain::{
    access::Role,
    actor::Actor,
    crisis::{MeasuresAction, MeasuresStatus, Switched},
    error::{AppError, Conflict, Problem},
    ids::MeasuresId,
    paris,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{effect, queries, suspend, tell};
use crate::{
    applications::pauses,
    backend::Backend,
    entity::crisis_measures,
    error::{Result, Told, told},
    store::Work,
};

/// Switches a draft on, at once or ahead, if it still does what the preview said.
pub async fn switch_on(backend: &Backend, actor: &Actor, insee: &str, id: MeasuresId, seen: &str) -> Result<Switched> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let row = queries::locked(&work, town.as_ref(), id).await?;
    let (scope, today) = (queries::scope(&row), paris::date(work.now));
    let ahead = row.first_day > today;
    let action = if ahead { MeasuresAction::Schedule } else { MeasuresAction::SwitchOn };
    // The table first: pressed twice, the second press is told that it is done.
    queries::status(&row).apply(action, scope.writer()).told()?;
    if row.last_day < today {
        return Err(told(AppError::field("last_day", Problem::DateInPast)));
    }
    suspend::hold(&work, scope).await?;
    let around = effect::around(&work.tx, scope, work.now).await?;
    let found = around.under(&queries::measures(&row));
    if found.seal(&row) != seen {
        return Ok(Switched::Changed);
    }
    let figures = tell::figures(&found);
    let row = step(&work, row, action, scope.writer(), Some(&figures)).await?;
    if !ahead {
        apply(&work, &row, &around, &found).await?;
    }
    work.commit().await?;
    Ok(if ahead { Switched::Scheduled } else { Switched::On })
}

/// Does what measures that hold from now on do. Every mission they may concern is held.
pub(super) async fn apply(
    work: &Work,
    row: &crisis_measures::Model,
    around: &effect::Around,
    found: &effect::Found,
) -> Result<()> {
    let suspended: Vec<_> = found
        .suspended
        .iter()
        .filter_map(|id| around.missions.get(id))
        .map(|line| (line.id, line.municipality_id))
        .collect();
    suspend::suspend(work, row, &suspended).await?;
    tell::begun(work, row, around, found).await
}

/// Takes back what was switched on ahead.
pub async fn call_off(backend: &Backend, actor: &Actor, insee: &str, id: MeasuresId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let row = queries::locked(&work, town.as_ref(), id).await?;
    // Their first day has come: they hold, whether the server has noticed or not, and can be lifted in a minute.
    if queries::measures(&row).hold_at(work.now) {
        return Err(told(Conflict::NotInThisState));
    }
    let role = queries::scope(&row).writer();
    step(&work, row, MeasuresAction::CallOff, role, None).await?;
    work.commit().await
}

/// Lifts measures, and gives back what they suspended.
pub async fn lift(backend: &Backend, actor: &Actor, insee: &str, id: MeasuresId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let row = queries::locked(&work, town.as_ref(), id).await?;
    let role = queries::scope(&row).writer();
    end(&work, row, MeasuresAction::Lift, role).await?;
    work.commit().await
}

/// The end of measures, by somebody or by themselves.
pub(super) async fn end(work: &Work, row: crisis_measures::Model, action: MeasuresAction, role: Role) -> Result<()> {
    let held = queries::status(&row) == MeasuresStatus::InForce;
    let row = step(work, row, action, role, None).await?;
    if !held {
        return Ok(());
    }
    let back = suspend::give_back(work, &row).await?;
    let offered = pauses::offers_back(work, &back).await?;
    tell::ended(work, &row, &back, &offered).await
}

/// Moves measures by their table; the row is held.
pub(super) async fn step(
    work: &Work,
    row: crisis_measures::Model,
    action: MeasuresAction,
    role: Role,
    reason: Option<&str>,
) -> Result<crisis_measures::Model> {
    let before = queries::status(&row);
    let after = before.apply(action, role).told()?;
    let mut changed = row.into_active_model();
    changed.status = Set(after.as_str().to_owned());
    changed.updated_at = Set(work.now);
    match after {
        MeasuresStatus::Scheduled | MeasuresStatus::InForce => changed.switched_on_at = Set(Some(work.now)),
        MeasuresStatus::Draft => changed.switched_on_at = Set(None),
        MeasuresStatus::Lifted | MeasuresStatus::Ended => changed.ended_at = Set(Some(work.now)),
    }
    let row = changed.update(&work.tx).await?;
    queries::record(work, &row, Some(before), after.as_str(), reason).await?;
    Ok(row)
}
