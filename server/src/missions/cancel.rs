use app::i18n::{Texts, k::reviews as r};
use domain::{
    actor::{Actor, Locale},
    error::{AppError, Conflict, Problem},
    ids::{MissionId, OrganisationId, SlotId},
    missions::{MissionAction, MissionStatus},
    team::Duty,
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect, sea_query::Expr,
};

use super::{partners, queries, versions};
use crate::{
    applications::{cancel as applications, tell::Why},
    backend::Backend,
    entity::{attendance, mission, slot},
    error::{Result, Told, told},
    mail::MailKind,
    reviews::open,
    store::{Step, Work},
    supplies::reserve as supplies,
};

/// Reads a reason: everybody concerned reads it.
///
/// # Errors
/// The problem of the field `reason`.
pub fn reason(typed: &str) -> Result<String> {
    let problem = |problem| told(AppError::field("reason", problem));
    if typed.trim().is_empty() {
        return Err(problem(Problem::ReasonRequired));
    }
    text::paragraphs(typed, 5, 1000).map_err(problem)
}

/// Gives the mission up; tells every person concerned.
pub async fn cancel(backend: &Backend, actor: &Actor, id: MissionId, typed: &str) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let mission = versions::own(&work, id).await?;
    let reason = reason(typed)?;
    let mission = step(&work, mission, MissionAction::Cancel, Some(&reason)).await?;
    open::close_for(&work, id, &reason).await?;
    applications::cancel_for_mission(&work, &mission, &reason).await?;
    supplies::settle(&work, &mission, false).await?;
    partners::tell_partners(&work, &mission, MailKind::SharedMissionCancelled, &reason).await?;
    work.commit().await
}

/// Ends the mission before its last slot; accepted volunteers keep their slots, whoever still waits is told. A version
/// that waits for the town is read by nobody any more.
pub async fn close(backend: &Backend, actor: &Actor, id: MissionId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let mission = versions::own(&work, id).await?;
    let mission = step(&work, mission, MissionAction::Close, None).await?;
    open::close_for(&work, id, Texts(Locale::Fr).get(r::MISSION_CLOSED)).await?;
    applications::decline_for_closed(&work, &mission).await?;
    supplies::settle(&work, &mission, false).await?;
    partners::tell_partners(&work, &mission, MailKind::SharedMissionClosed, "").await?;
    work.commit().await
}

/// Calls one slot off, as an admin of whoever holds it; tells every person who has it.
pub async fn cancel_slot(backend: &Backend, actor: &Actor, id: MissionId, slot: SlotId, typed: &str) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let missing = || told(AppError::NotFound);
    let mission = mission::Entity::find_by_id(id.0).lock_exclusive().one(&work.tx).await?.ok_or_else(missing)?;
    let row = slot::Entity::find_by_id(slot.0)
        .filter(slot::Column::MissionId.eq(mission.id))
        .lock_exclusive()
        .one(&work.tx)
        .await?;
    // An admin of the mission learns that there is no such slot, others that there is no such mission: the same.
    let holder = row.as_ref().map_or(OrganisationId(mission.organisation_id), |row| partners::holder(&mission, row));
    work.actor.require_organisation(holder, Duty::Missions).map_err(told)?;
    let row = row.ok_or_else(missing)?;
    let reason = reason(typed)?;
    let live = matches!(queries::status(&mission), MissionStatus::Published | MissionStatus::Suspended);
    // Where somebody is noted, it takes place.
    let noted = attendance::Entity::find().filter(attendance::Column::SlotId.eq(row.id)).count(&work.tx).await? > 0;
    if !live || row.cancelled_at.is_some() || row.ends_at <= work.now || noted {
        return Err(told(Conflict::NotInThisState));
    }
    slot::Entity::update_many()
        .col_expr(slot::Column::CancelledAt, Expr::value(work.now))
        .col_expr(slot::Column::CancelReason, Expr::value(reason.as_str()))
        .filter(slot::Column::Id.eq(row.id))
        .exec(&work.tx)
        .await?;
    applications::cancel_for_slot(&work, &mission, &row, Why::Said(&reason)).await?;
    work.record(Step {
        subject: "mission",
        id: mission.id,
        municipality: Some(mission.municipality_id.into()),
        from: None,
        to: "slot_cancelled",
        reason: Some(&reason),
    })
    .await?;
    supplies::settle(&work, &mission, false).await?;
    work.commit().await
}

async fn step(
    work: &Work,
    mission: mission::Model,
    action: MissionAction,
    reason: Option<&str>,
) -> Result<mission::Model> {
    let before = queries::status(&mission);
    let after = before.apply(action, versions::ROLE).told()?;
    let mut row = mission.into_active_model();
    row.status = Set(after.as_str().to_owned());
    row.closed_at = Set(Some(work.now));
    row.updated_at = Set(work.now);
    let mission = row.update(&work.tx).await?;
    work.record(Step {
        subject: "mission",
        id: mission.id,
        municipality: Some(mission.municipality_id.into()),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason,
    })
    .await?;
    Ok(mission)
}
