//! Questions about organisations.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    error::{AppError, Conflict},
    ids::{MissionId, OrganisationId},
    missions::{MissionStatus, VersionStatus},
    organisations::{OrganisationForm, OrganisationSpace, OrganisationStatus, OwnMission},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{form, review};
use crate::{
    applications::guardian,
    entity::{application, mission, mission_version, municipality, organisation, slot},
    error::{Result, told},
    missions::{partners, queries as missions},
    network::queries::town_ref,
    reviews::queries::{About, thread},
};

/// An organisation.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn by_id(db: &impl ConnectionTrait, id: OrganisationId) -> Result<organisation::Model> {
    organisation::Entity::find_by_id(id.0).one(db).await?.ok_or_else(|| told(AppError::NotFound))
}

/// An organisation that nobody else changes until this transaction ends.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn locked(db: &impl ConnectionTrait, id: OrganisationId) -> Result<organisation::Model> {
    organisation::Entity::find_by_id(id.0).lock_exclusive().one(db).await?.ok_or_else(|| told(AppError::NotFound))
}

/// Passes an organisation that works with volunteers now: one that is suspended does not, until it is back.
///
/// # Errors
/// `OrganisationNotApproved`; `NotFound` when there is none.
pub async fn approved(db: &impl ConnectionTrait, id: OrganisationId) -> Result<()> {
    match status(&by_id(db, id).await?) {
        OrganisationStatus::Approved => Ok(()),
        _ => Err(told(Conflict::OrganisationNotApproved)),
    }
}

/// Whether an organisation is approved now: what it asks for as [`approved`] does, told to who only looks.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn is_approved(db: &impl ConnectionTrait, id: OrganisationId) -> Result<bool> {
    Ok(status(&by_id(db, id).await?) == OrganisationStatus::Approved)
}

/// Where an organisation stands.
pub fn status(row: &organisation::Model) -> OrganisationStatus {
    OrganisationStatus::parse(&row.status).unwrap_or(OrganisationStatus::Draft)
}

/// What an organisation's admins see; the coordinators' file shows the same.
///
/// # Errors
/// When the database cannot be reached.
pub async fn space(
    db: &impl ConnectionTrait,
    actor: &Actor,
    row: &organisation::Model,
    town: &municipality::Model,
    now: DateTime<Utc>,
) -> Result<OrganisationSpace> {
    let id = OrganisationId(row.id);
    let missions = own_missions(db, id, now).await?;
    let requests = match status(row) {
        OrganisationStatus::ChangesRequested => review::lines(db, actor.locale, row.id, None).await?,
        _ => Vec::new(),
    };
    Ok(OrganisationSpace {
        id,
        requests,
        status: status(row),
        helper: false,
        form: form::of(row, &town.insee),
        town: town_ref(town),
        decision_reason: row.decision_reason.clone(),
        pending_applications: missions.iter().map(|mission| mission.pending).sum(),
        missions,
        thread: thread(db, actor, About::Organisation(id)).await?,
    })
}

/// What a helper sees: missions that are or were online, the name, and nothing of the exchange with the town.
///
/// # Errors
/// When the database cannot be reached.
pub async fn helpers_space(
    db: &impl ConnectionTrait,
    row: &organisation::Model,
    town: &municipality::Model,
    now: DateTime<Utc>,
) -> Result<OrganisationSpace> {
    use MissionStatus::{Cancelled, Closed, Published, Suspended};
    let id = OrganisationId(row.id);
    let mut missions = own_missions(db, id, now).await?;
    missions.retain(|mission| matches!(mission.status, Published | Suspended | Closed | Cancelled));
    let dropped = never_online(db, missions.iter().filter(|mission| mission.status == Cancelled)).await?;
    missions.retain(|mission| !dropped.contains(&mission.id.0));
    missions.iter_mut().for_each(|mission| mission.newer_version = None);
    Ok(OrganisationSpace {
        id,
        status: status(row),
        helper: true,
        form: OrganisationForm { name: row.name.clone(), ..OrganisationForm::default() },
        town: town_ref(town),
        decision_reason: None,
        pending_applications: missions.iter().map(|mission| mission.pending).sum(),
        missions,
        thread: Vec::new(),
        requests: Vec::new(),
    })
}

/// Which of some missions were called off before anybody could see them.
async fn never_online(db: &impl ConnectionTrait, of: impl Iterator<Item = &OwnMission>) -> Result<HashSet<Uuid>> {
    let rows: Vec<Uuid> = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::Id.is_in(of.map(|mission| mission.id.0)))
        .filter(mission::Column::PublishedVersionId.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The missions of an organisation and those in which it is a partner, newest first: a few questions whatever their number.
async fn own_missions(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    now: DateTime<Utc>,
) -> Result<Vec<OwnMission>> {
    let rows = mission::Entity::find()
        .filter(
            Condition::any()
                .add(mission::Column::OrganisationId.eq(organisation.0))
                .add(mission::Column::Id.in_subquery(partners::joined_by(organisation))),
        )
        .order_by_desc(mission::Column::CreatedAt)
        .order_by_desc(mission::Column::Id)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let is_own = |row: &&mission::Model| row.organisation_id == organisation.0;
    let working = working_versions(db, &rows).await?;
    let pending = pending(db, organisation, &rows).await?;
    let owners: Vec<Uuid> = rows.iter().filter(|row| !is_own(row)).map(|row| row.organisation_id).collect();
    let owners = names(db, owners).await?;
    let mut slots: HashMap<Uuid, Vec<slot::Model>> = HashMap::new();
    for row in missions::slots(db, rows.iter().map(|row| row.id).collect()).await? {
        if row.cancelled_at.is_none() {
            slots.entry(row.mission_id).or_default().push(row);
        }
    }
    Ok(rows
        .iter()
        .map(|row| {
            let version = row.working_version_id.filter(|_| is_own(&row)).and_then(|id| working.get(&id));
            let mut slots = slots.remove(&row.id).unwrap_or_default();
            slots.retain(|slot| partners::holder(row, slot) == organisation);
            let pending = pending.get(&row.id).copied().unwrap_or_default();
            let partner_of = owners.get(&row.organisation_id).filter(|_| !is_own(&row)).cloned();
            OwnMission { partner_of, ..own_mission(row, version, &slots, pending, now) }
        })
        .collect())
}

async fn working_versions(
    db: &impl ConnectionTrait,
    missions: &[mission::Model],
) -> Result<HashMap<Uuid, mission_version::Model>> {
    let ids: Vec<Uuid> = missions.iter().filter_map(|row| row.working_version_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = mission_version::Entity::find().filter(mission_version::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The names of some organisations.
///
/// # Errors
/// When the database cannot be reached.
pub async fn names(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = organisation::Entity::find().filter(organisation::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Applications that wait for the answer of an organisation, by mission; not those that wait for a guardian's first.
async fn pending(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    missions: &[mission::Model],
) -> Result<HashMap<Uuid, u32>> {
    let rows: Vec<(Uuid, i64)> = application::Entity::find()
        .select_only()
        .column(application::Column::MissionId)
        .column_as(application::Column::Id.count(), "n")
        .filter(partners::all_answered_by(organisation))
        .filter(application::Column::MissionId.is_in(missions.iter().map(|row| row.id)))
        .filter(application::Column::Status.eq("pending"))
        .filter(application::Column::Id.not_in_subquery(guardian::awaited()))
        .group_by(application::Column::MissionId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, n)| (id, u32::try_from(n).unwrap_or(u32::MAX))).collect())
}

fn own_mission(
    row: &mission::Model,
    version: Option<&mission_version::Model>,
    slots: &[slot::Model],
    pending: u32,
    now: DateTime<Utc>,
) -> OwnMission {
    let content = version.and_then(|version| missions::content(version).ok());
    let published = row.published_version_id.is_some();
    // What is over goes on with no other version.
    let newer = version.filter(|_| published && !missions::status(row).is_over());
    let title = content.as_ref().filter(|_| !published).map_or(&row.title, |content| &content.title);
    let to_come: Vec<&slot::Model> = slots.iter().filter(|slot| slot.ends_at > now).collect();
    let planned = content.as_ref().and_then(|content| content.slots.iter().map(|plan| plan.starts_at).min());
    let sum = |of: fn(&slot::Model) -> i32| to_come.iter().filter_map(|slot| u32::try_from(of(slot)).ok()).sum();
    OwnMission {
        id: MissionId(row.id),
        title: title.clone(),
        status: missions::status(row),
        partner_of: None,
        newer_version: newer.and_then(|version| VersionStatus::parse(&version.status)),
        starts_at: to_come.first().or(slots.first().as_ref()).map(|slot| slot.starts_at).or(planned),
        places: (sum(|slot| slot.taken), sum(|slot| slot.places)),
        pending,
    }
}

/// How many missions are online, by organisation.
///
/// # Errors
/// When the database cannot be reached.
pub async fn published(db: &impl ConnectionTrait, organisations: Vec<Uuid>) -> Result<HashMap<Uuid, u32>> {
    if organisations.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, i64)> = mission::Entity::find()
        .select_only()
        .column(mission::Column::OrganisationId)
        .column_as(mission::Column::Id.count(), "n")
        .filter(mission::Column::OrganisationId.is_in(organisations))
        .filter(mission::Column::Status.eq("published"))
        .group_by(mission::Column::OrganisationId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, n)| (id, u32::try_from(n).unwrap_or(u32::MAX))).collect())
}
