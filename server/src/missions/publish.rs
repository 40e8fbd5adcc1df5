//! Puts an approved version online: the mission's public columns, its slots and the search index follow its content.

use domain::{
    access::Role,
    error::Conflict,
    missions::{MissionContent, SlotPlan, VersionAction},
    text,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::{index, partners, queries, versions};
use crate::{
    applications::{cancel::cancel_for_slot, changed, tell::Why, waiting},
    entity::{mission, mission_version, slot},
    error::{Result, Told, told},
    store::Work,
};

/// Makes `version` the published one, with the slots that were joined to the one before. The caller has checked the green
/// light and sets the mission's status.
///
/// # Errors
/// `PlacesBelowTaken` when the version takes away places or slots that volunteers were given meanwhile.
pub async fn publish(work: &Work, mission: mission::Model, version: mission_version::Model) -> Result<mission::Model> {
    let content = partners::carried(&work.tx, &mission, queries::content(&version)?).await?;
    let content = versions::kept(&work.tx, mission.id, content, &version).await?;
    put_online(work, mission, version, content).await
}

/// Makes `version` the published one with this content, which it holds from now on. A later version that is being written
/// or waits stays so.
///
/// # Errors
/// `PlacesBelowTaken` as above.
pub async fn put_online(
    work: &Work,
    mission: mission::Model,
    version: mission_version::Model,
    content: MissionContent,
) -> Result<mission::Model> {
    let known = changed::details(&work.tx, &mission).await?;
    if let Some(before) = mission.published_version_id.filter(|before| *before != version.id) {
        supersede(work, before).await?;
    }
    let approved = versions::status(&version).apply(VersionAction::Approve, Role::Coordinator).told()?;
    let id = version.id;
    let mut row = version.into_active_model();
    row.status = Set(approved.as_str().to_owned());
    row.content = Set(content.canonical_json());
    row.content_hash = Set(versions::hash(&content));
    row.updated_at = Set(work.now);
    row.update(&work.tx).await?;
    slots(work, &mission, &content).await?;
    let body = index::body(&content);
    index::put(&work.tx, mission.id, &body).await?;
    let now = work.now;
    let working = mission.working_version_id.filter(|working| *working != id);
    let mut row = mission.into_active_model();
    row.published_version_id = Set(Some(id));
    row.working_version_id = Set(working);
    row.slug = Set(text::slug(&content.title));
    row.title = Set(content.title.clone());
    row.goal = Set(content.goal.clone());
    row.domain_code = Set(content.domain.clone());
    row.remote = Set(content.remote);
    row.neighbourhood_id = Set(content.neighbourhood);
    row.open_to_minors = Set(content.open_to_minors);
    row.starts_at = Set(content.slots.iter().map(|slot| slot.starts_at).min());
    row.ends_at = Set(content.slots.iter().map(|slot| slot.ends_at).max());
    row.search_text = Set(body);
    row.published_at = Set(Some(now));
    row.updated_at = Set(now);
    let mission = row.update(&work.tx).await?;
    changed::note(work, &mission, known).await?;
    // Places that were added are first for those who wait.
    waiting::serve(work, &mission, &content.slots.iter().map(|slot| slot.id).collect::<Vec<_>>()).await?;
    Ok(mission)
}

async fn supersede(work: &Work, before: uuid::Uuid) -> Result<()> {
    let version = queries::version(&work.tx, before).await?;
    let after = versions::status(&version).apply(VersionAction::Supersede, Role::System).told()?;
    let mut row = version.into_active_model();
    row.status = Set(after.as_str().to_owned());
    row.updated_at = Set(work.now);
    row.update(&work.tx).await?;
    Ok(())
}

/// Slots keep their id from version to version: those that stay are changed, new ones added, others taken away.
async fn slots(work: &Work, mission: &mission::Model, content: &MissionContent) -> Result<()> {
    let existing = queries::slots(&work.tx, vec![mission.id]).await?;
    // What is over took place, whoever left it out of the next version.
    for row in existing.iter().filter(|row| row.cancelled_at.is_none() && row.ends_at > work.now) {
        if !content.slots.iter().any(|plan| plan.id == row.id) {
            remove(work, mission, row).await?;
        }
    }
    for plan in &content.slots {
        if existing.iter().any(|row| row.id == plan.id) {
            change(work, plan).await?;
        } else {
            add(work, mission, plan).await?;
        }
    }
    Ok(())
}

async fn add(work: &Work, mission: &mission::Model, plan: &SlotPlan) -> Result<()> {
    slot::ActiveModel {
        id: Set(plan.id),
        mission_id: Set(mission.id),
        kind: Set(plan.kind.as_str().to_owned()),
        starts_at: Set(plan.starts_at),
        ends_at: Set(plan.ends_at),
        places: Set(i32::try_from(plan.places)?),
        taken: Set(0),
        cancelled_at: Set(None),
        cancel_reason: Set(None),
        organisation_id: Set(plan.organisation.filter(|holder| *holder != mission.organisation_id)),
    }
    .insert(&work.tx)
    .await?;
    Ok(())
}

/// The condition is part of the write: places are never fewer than those taken, whoever applies at this moment.
async fn change(work: &Work, plan: &SlotPlan) -> Result<()> {
    let places = i32::try_from(plan.places)?;
    let changed = slot::Entity::update_many()
        .col_expr(slot::Column::Kind, Expr::value(plan.kind.as_str()))
        .col_expr(slot::Column::StartsAt, Expr::value(plan.starts_at))
        .col_expr(slot::Column::EndsAt, Expr::value(plan.ends_at))
        .col_expr(slot::Column::Places, Expr::value(places))
        .filter(slot::Column::Id.eq(plan.id))
        .filter(Expr::col(slot::Column::Taken).lte(places))
        .exec(&work.tx)
        .await?;
    if changed.rows_affected == 0 { Err(told(Conflict::PlacesBelowTaken)) } else { Ok(()) }
}

/// A slot that somebody holds cannot go; whoever only waits for an answer is told that it did.
async fn remove(work: &Work, mission: &mission::Model, row: &slot::Model) -> Result<()> {
    let removed = slot::Entity::update_many()
        .col_expr(slot::Column::CancelledAt, Expr::value(work.now))
        .filter(slot::Column::Id.eq(row.id))
        .filter(slot::Column::Taken.eq(0))
        .exec(&work.tx)
        .await?;
    if removed.rows_affected == 0 {
        return Err(told(Conflict::PlacesBelowTaken));
    }
    cancel_for_slot(work, mission, row, Why::Ours(app::i18n::k::mails::APPLICATION_SLOT_REMOVED)).await
}
