//! Slots that were added together, and taking them out again.

use std::collections::{HashMap, HashSet};

use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    error::{AppError, Conflict},
    ids::{MissionId, OrganisationId, SlotBatchId},
    missions::SlotPlan,
    planning::SlotBatch,
    team::Duty,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::{
    backend::Backend,
    entity::{application, application_slot, slot_batch, slot_batch_slot},
    error::{Result, told},
    missions::{queries as missions, versions},
    store::{Step, Work},
};

/// Remembers that these slots were added together.
///
/// # Errors
/// When the database refuses.
pub async fn keep(work: &Work, mission: MissionId, slots: &[Uuid]) -> Result<()> {
    let batch = slot_batch::Model { id: Uuid::now_v7(), mission_id: mission.0, created_at: work.now };
    let members =
        slots.iter().map(|slot| slot_batch_slot::Model { slot_id: *slot, batch_id: batch.id }.into_active_model());
    let members: Vec<_> = members.collect();
    slot_batch::Entity::insert(batch.into_active_model()).exec_without_returning(&work.tx).await?;
    slot_batch_slot::Entity::insert_many(members).exec_without_returning(&work.tx).await?;
    Ok(())
}

/// The batches of a mission, newest first.
pub async fn list(backend: &Backend, actor: &Actor, id: MissionId) -> Result<Vec<SlotBatch>> {
    let db = backend.store.read();
    let mission = missions::by_id(db, id).await?;
    actor.require_organisation(OrganisationId(mission.organisation_id), Duty::Missions).map_err(told)?;
    let batches = slot_batch::Entity::find()
        .filter(slot_batch::Column::MissionId.eq(id.0))
        .order_by_desc(slot_batch::Column::CreatedAt)
        .order_by_desc(slot_batch::Column::Id)
        .all(db)
        .await?;
    if batches.is_empty() {
        return Ok(Vec::new());
    }
    let writing = versions::beginning(db, &mission).await?;
    let editable = writing.is_some();
    let content = match (writing, mission.working_version_id.or(mission.published_version_id)) {
        (Some(content), _) => content,
        (None, Some(version)) => missions::content(&missions::version(db, version).await?)?,
        (None, None) => return Ok(Vec::new()),
    };
    let members = slot_batch_slot::Entity::find()
        .filter(slot_batch_slot::Column::BatchId.is_in(batches.iter().map(|batch| batch.id)))
        .all(db)
        .await?;
    let of: HashMap<Uuid, Uuid> = members.into_iter().map(|member| (member.slot_id, member.batch_id)).collect();
    let people = people(db, content.slots.iter().map(|plan| plan.id).collect()).await?;
    let shown = |batch: slot_batch::Model| {
        let of_batch = content.slots.iter().filter(|plan| of.get(&plan.id) == Some(&batch.id)).copied();
        let (taken, free): (Vec<SlotPlan>, Vec<SlotPlan>) = of_batch.partition(|plan| people.contains_key(&plan.id));
        let taken = taken.into_iter().map(|plan| (plan, people.get(&plan.id).copied().unwrap_or_default()));
        SlotBatch {
            id: SlotBatchId(batch.id),
            at: batch.created_at,
            taken: taken.collect(),
            removable: editable && !free.is_empty(),
            free,
        }
    };
    Ok(batches.into_iter().map(shown).filter(|batch| !(batch.free.is_empty() && batch.taken.is_empty())).collect())
}

/// Takes a batch out of the version being written, but for the slots with people.
pub async fn remove(backend: &Backend, actor: &Actor, id: MissionId, batch: SlotBatchId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    // Held: nobody applies until this is done.
    let mission = versions::own(&work, id).await?;
    let row = slot_batch::Entity::find_by_id(batch.0).one(&work.tx).await?;
    if row.is_none_or(|row| row.mission_id != mission.id) {
        return Err(told(AppError::NotFound));
    }
    let members =
        slot_batch_slot::Entity::find().filter(slot_batch_slot::Column::BatchId.eq(batch.0)).all(&work.tx).await?;
    let members: HashSet<Uuid> = members.into_iter().map(|member| member.slot_id).collect();
    let people = people(&work.tx, members.iter().copied().collect()).await?;
    let mut removed = 0;
    versions::change(&work, id, |content| {
        let before = content.slots.len();
        content.slots.retain(|plan| !members.contains(&plan.id) || people.contains_key(&plan.id));
        removed = before - content.slots.len();
        // Gone already, or everybody came meanwhile.
        if removed == 0 { Err(told(Conflict::NothingToRemove)) } else { Ok(()) }
    })
    .await?;
    work.record(Step {
        subject: "mission",
        id: mission.id,
        municipality: Some(mission.municipality_id.into()),
        from: None,
        to: "slots_removed",
        reason: Some(&format!("{removed}/{}", members.len())),
    })
    .await?;
    work.commit().await
}

/// How many people have or asked for each of some slots, or came to it; slots without anybody are not named.
async fn people(db: &impl ConnectionTrait, slots: Vec<Uuid>) -> Result<HashMap<Uuid, u32>> {
    let mut found: HashMap<Uuid, u32> = HashMap::new();
    if slots.is_empty() {
        return Ok(found);
    }
    let counts = |status: &&ApplicationStatus| {
        status.is_live() || matches!(status, ApplicationStatus::Attended | ApplicationStatus::Absent)
    };
    let counted = application::Entity::find()
        .select_only()
        .column(application::Column::Id)
        .filter(
            application::Column::Status
                .is_in(ApplicationStatus::ALL.iter().filter(counts).map(|status| status.as_str())),
        )
        .into_query();
    let links = application_slot::Entity::find()
        .filter(application_slot::Column::SlotId.is_in(slots))
        .filter(application_slot::Column::ApplicationId.in_subquery(counted))
        .all(db)
        .await?;
    for link in links {
        *found.entry(link.slot_id).or_default() += 1;
    }
    Ok(found)
}
