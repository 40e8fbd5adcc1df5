//! Versions: what an organisation writes, and when writing opens a new one.

use domain::{
    access::Role,
    error::Conflict,
    ids::{MissionId, OrganisationId},
    missions::{MissionContent, MissionStatus, VersionStatus},
    planning::capped,
    team::Duty,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{partners, queries};
use crate::{
    accounts::tokens,
    entity::{history, mission, mission_version},
    error::{Result, Told, told},
    store::Work,
};

/// The hash that a review is bound to.
pub fn hash(content: &MissionContent) -> String {
    tokens::digest(&content.canonical_json())
}

/// Where a version stands.
pub fn status(version: &mission_version::Model) -> VersionStatus {
    VersionStatus::parse(&version.status).unwrap_or(VersionStatus::Draft)
}

/// A mission of the actor's organisation, held until the end of the transaction.
///
/// # Errors
/// `NotFound` for anybody else's.
pub async fn own(work: &Work, id: MissionId) -> Result<mission::Model> {
    let row = mission::Entity::find_by_id(id.0).lock_exclusive().one(&work.tx).await?;
    let row = row.ok_or_else(|| told(domain::error::AppError::NotFound))?;
    work.actor.require_organisation(OrganisationId(row.organisation_id), Duty::Missions).map_err(told)?;
    Ok(row)
}

/// The version that the organisation writes in: the draft under way, or a new one that begins as the one that was sent back,
/// or as what is online. What a coordinator decided on stays as it was read.
///
/// # Errors
/// `NotInThisState` while a version waits for its review, and once the mission is over.
pub async fn writable(work: &Work, mission: mission::Model) -> Result<(mission::Model, mission_version::Model)> {
    if let Some(id) = mission.working_version_id {
        let version = queries::version(&work.tx, id).await?;
        if status(&version) == VersionStatus::Draft {
            return Ok((mission, version));
        }
    }
    let content = beginning(&work.tx, &mission).await?.ok_or_else(|| told(Conflict::NotInThisState))?;
    add(work, mission, &content).await
}

/// What the organisation writes in, or would begin to: without opening a version. `None` where nothing can be written now.
///
/// # Errors
/// When the database cannot be reached.
pub async fn beginning(db: &impl ConnectionTrait, mission: &mission::Model) -> Result<Option<MissionContent>> {
    if let Some(id) = mission.working_version_id {
        let version = queries::version(db, id).await?;
        match status(&version) {
            VersionStatus::Draft => return Ok(Some(queries::content(&version)?)),
            VersionStatus::ChangesRequested => {
                return Ok(Some(kept(db, mission.id, queries::content(&version)?, &version).await?));
            }
            VersionStatus::Submitted => return Ok(None),
            VersionStatus::Approved | VersionStatus::Refused | VersionStatus::Superseded => {}
        }
    }
    let online = matches!(queries::status(mission), MissionStatus::Published | MissionStatus::Suspended);
    let Some(published) = mission.published_version_id.filter(|_| online) else { return Ok(None) };
    let published = queries::version(db, published).await?;
    Ok(Some(partners::living(db, mission.id, queries::content(&published)?.written()).await?))
}

/// What the history calls places that were taken away.
pub const REDUCED: &str = "places_reduced";

/// A content without the places that were taken away since its version was sent: nobody is given them back unread.
///
/// # Errors
/// When the database cannot be reached.
pub async fn kept(
    db: &impl ConnectionTrait,
    mission: Uuid,
    mut content: MissionContent,
    version: &mission_version::Model,
) -> Result<MissionContent> {
    let written_at = version.submitted_at.unwrap_or(version.created_at);
    let reduced = history::Entity::find()
        .filter(history::Column::Subject.eq("slot"))
        .filter(history::Column::SubjectId.is_in(content.slots.iter().map(|plan| plan.id)))
        .filter(history::Column::ToState.eq(REDUCED))
        .filter(history::Column::At.gt(written_at))
        .all(db)
        .await?;
    if reduced.is_empty() {
        return Ok(content);
    }
    let slots = queries::slots(db, vec![mission]).await?;
    for plan in &mut content.slots {
        let at = reduced.iter().filter(|line| line.subject_id == plan.id).map(|line| line.at).max();
        let left = slots.iter().find(|row| row.id == plan.id).map(|row| u32::try_from(row.places).unwrap_or_default());
        if let Some((at, left)) = at.zip(left) {
            *plan = capped(plan, left, at, written_at);
        }
    }
    Ok(content)
}

/// The draft that is being written, if one is.
///
/// # Errors
/// When the database cannot be reached.
pub async fn draft(db: &impl ConnectionTrait, mission: &mission::Model) -> Result<Option<mission_version::Model>> {
    let Some(id) = mission.working_version_id else { return Ok(None) };
    let version = queries::version(db, id).await?;
    Ok(Some(version).filter(|version| status(version) == VersionStatus::Draft))
}

/// Adds a draft version, and makes it the one that is written in.
///
/// # Errors
/// When the database refuses.
pub async fn add(
    work: &Work,
    mission: mission::Model,
    content: &MissionContent,
) -> Result<(mission::Model, mission_version::Model)> {
    let account = work.actor.signed_in().map_err(told)?;
    let version = insert(work, mission.id, content, account.0, VersionStatus::Draft).await?;
    let mut row = mission.into_active_model();
    row.working_version_id = Set(Some(version.id));
    row.updated_at = Set(work.now);
    Ok((row.update(&work.tx).await?, version))
}

/// Adds a version, with the next number.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    work: &Work,
    mission: Uuid,
    content: &MissionContent,
    author: Uuid,
    status: VersionStatus,
) -> Result<mission_version::Model> {
    let last = mission_version::Entity::find()
        .filter(mission_version::Column::MissionId.eq(mission))
        .order_by_desc(mission_version::Column::Number)
        .one(&work.tx)
        .await?;
    let version = mission_version::ActiveModel {
        id: Set(Uuid::now_v7()),
        mission_id: Set(mission),
        number: Set(last.map_or(1, |version| version.number + 1)),
        status: Set(status.as_str().to_owned()),
        content: Set(content.canonical_json()),
        content_hash: Set(hash(content)),
        author_id: Set(author),
        created_at: Set(work.now),
        updated_at: Set(work.now),
        submitted_at: Set((status == VersionStatus::Submitted).then_some(work.now)),
    };
    Ok(version.insert(&work.tx).await?)
}

/// Changes the content of the version being written, as a draft may be: incomplete, never malformed.
///
/// # Errors
/// The problems of fields; `NotFound` and `NotInThisState` as above.
pub async fn change(
    work: &Work,
    id: MissionId,
    change: impl FnOnce(&mut MissionContent) -> Result<()>,
) -> Result<mission::Model> {
    let (mission, version) = writable(work, own(work, id).await?).await?;
    let mut content = queries::content(&version)?;
    change(&mut content)?;
    content.check_draft().told()?;
    let account = work.actor.signed_in().map_err(told)?;
    let mut row = version.into_active_model();
    row.content = Set(content.canonical_json());
    row.content_hash = Set(hash(&content));
    row.author_id = Set(account.0);
    row.updated_at = Set(work.now);
    row.update(&work.tx).await?;
    let first = mission.published_version_id.is_none();
    let mut row = mission.into_active_model();
    row.updated_at = Set(work.now);
    if first {
        // Never public yet: the lists of its organisation and of the coordinators show what is being written.
        row.title = Set(content.title.clone());
        row.goal = Set(content.goal.clone());
        row.domain_code = Set(content.domain.clone());
        row.remote = Set(content.remote);
        row.neighbourhood_id = Set(content.neighbourhood);
        row.open_to_minors = Set(content.open_to_minors);
        row.slug = Set(domain::text::slug(&content.title));
        row.starts_at = Set(content.slots.iter().map(|slot| slot.starts_at).min());
        row.ends_at = Set(content.slots.iter().map(|slot| slot.ends_at).max());
    }
    Ok(row.update(&work.tx).await?)
}

/// The role in which an organisation's admin changes states.
pub const ROLE: Role = Role::OrganisationAdmin;
