//! A mission taken up again: a new draft with the same content.

use domain::{
    actor::Actor,
    error::Conflict,
    ids::{MissionId, OrganisationId},
    missions::MissionContent,
    planning::{CopySlots, moved},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::{
    backend::Backend,
    entity::{mission, mission_copy},
    error::{Result, told},
    missions::{create, partners, queries as missions, versions},
    store::{Step, Work},
};

/// Makes the draft.
pub async fn copy(backend: &Backend, actor: &Actor, id: MissionId, slots: CopySlots) -> Result<MissionId> {
    let work = Work::begin(backend, actor).await?;
    let source = versions::own(&work, id).await?;
    let author = work.actor.signed_in().map_err(told)?;
    let organisation = create::writing(&work, OrganisationId(source.organisation_id)).await?;
    let mut content = content(&work, &source).await?;
    content.slots = match slots {
        CopySlots::Moved => moved(&content.slots, work.now, Uuid::now_v7),
        CopySlots::None => Vec::new(),
    };
    let copy = create::begin(&work, &organisation, author, &content).await?;
    let mut row = missions::by_id(&work.tx, copy).await?.into_active_model();
    row.neighbourhood_id = Set(content.neighbourhood);
    row.starts_at = Set(content.slots.iter().map(|slot| slot.starts_at).min());
    row.ends_at = Set(content.slots.iter().map(|slot| slot.ends_at).max());
    // How people are received stands on the mission itself.
    row.choice = Set(source.choice.clone());
    row.practical = Set(source.practical.clone());
    row.offer_hours = Set(source.offer_hours);
    row.update(&work.tx).await?;
    let link = mission_copy::Model { mission_id: copy.0, source_id: source.id };
    mission_copy::Entity::insert(link.into_active_model()).exec_without_returning(&work.tx).await?;
    work.record(Step {
        subject: "mission",
        id: copy.0,
        municipality: Some(source.municipality_id.into()),
        from: None,
        to: "copied",
        reason: Some(&source.title).filter(|title| !title.is_empty()).map(String::as_str),
    })
    .await?;
    work.commit().await?;
    Ok(copy)
}

/// What the organisation wrote: what is online, or was; else what is being written, or was refused. Without slots that others
/// hold, or that were called off.
async fn content(work: &Work, source: &mission::Model) -> Result<MissionContent> {
    if let Some(published) = source.published_version_id {
        let content = missions::content(&missions::version(&work.tx, published).await?)?.written();
        return partners::living(&work.tx, source.id, content).await;
    }
    let working = source.working_version_id.ok_or_else(|| told(Conflict::NotInThisState))?;
    Ok(missions::content(&missions::version(&work.tx, working).await?)?.written())
}

/// The mission that one was copied from, and its title.
///
/// # Errors
/// When the database cannot be reached.
pub async fn origin(db: &impl ConnectionTrait, mission: MissionId) -> Result<Option<(MissionId, String)>> {
    let Some(link) = mission_copy::Entity::find_by_id(mission.0).one(db).await? else { return Ok(None) };
    let source = missions::by_id(db, MissionId(link.source_id)).await?;
    Ok(Some((MissionId(source.id), source.title)))
}
