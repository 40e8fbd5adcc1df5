//! Partners: organisations that hold slots of another's mission. Who answers for what is asked here, and nowhere else.

use std::collections::{HashMap, HashSet};

use domain::{
    actor::{Actor, Grant},
    error::AppError,
    ids::OrganisationId,
    missions::{MissionContent, Partner},
    organisations::OrganisationStatus,
    team::Duty,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use super::queries;
use crate::{
    entity::{application, mission, mission_partner, organisation, slot},
    error::{Result, told},
    mail::{Mail, MailKind},
    organisations::tell::tell,
    store::Work,
};

/// Who holds a slot: its applicants are this organisation's.
pub fn holder(mission: &mission::Model, slot: &slot::Model) -> OrganisationId {
    holder_in(OrganisationId(mission.organisation_id), slot)
}

/// Who holds a slot of a mission of this organisation.
pub fn holder_in(owner: OrganisationId, slot: &slot::Model) -> OrganisationId {
    slot.organisation_id.map_or(owner, OrganisationId)
}

/// Who answers an application, is told of it and sees who sent it.
pub fn answers(mission: &mission::Model, application: &application::Model) -> OrganisationId {
    OrganisationId(application.organisation_id.unwrap_or(mission.organisation_id))
}

/// The applications to a mission that an organisation answers.
pub fn answered_by(mission: &mission::Model, organisation: OrganisationId) -> Condition {
    let column = application::Column::OrganisationId;
    let theirs = if organisation.0 == mission.organisation_id { column.is_null() } else { column.eq(organisation.0) };
    Condition::all().add(application::Column::MissionId.eq(mission.id)).add(theirs)
}

/// All applications that an organisation answers, whatever their mission.
pub fn all_answered_by(organisation: OrganisationId) -> Condition {
    let own = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::OrganisationId.eq(organisation.0))
        .into_query();
    let column = application::Column::OrganisationId;
    let as_owner = Condition::all().add(column.is_null()).add(application::Column::MissionId.in_subquery(own));
    Condition::any().add(as_owner).add(column.eq(organisation.0))
}

/// Slots that are offered: those of a suspended partner are not, as long as it is suspended.
pub fn offered() -> Condition {
    let holder = slot::Column::OrganisationId;
    Condition::any().add(holder.is_null()).add(holder.in_subquery(approved()))
}

/// The ids of the organisations whose missions are public.
pub fn approved() -> SelectStatement {
    organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Id)
        .filter(organisation::Column::Status.eq(OrganisationStatus::Approved.as_str()))
        .into_query()
}

/// The ids of the missions in which an organisation is a partner.
pub fn joined_by(organisation: OrganisationId) -> SelectStatement {
    mission_partner::Entity::find()
        .select_only()
        .column(mission_partner::Column::MissionId)
        .filter(mission_partner::Column::OrganisationId.eq(organisation.0))
        .into_query()
}

/// Of some slots, those that are offered.
///
/// # Errors
/// When the database cannot be reached.
pub async fn only_offered(db: &impl ConnectionTrait, mut slots: Vec<slot::Model>) -> Result<Vec<slot::Model>> {
    let holders: HashSet<Uuid> = slots.iter().filter_map(|slot| slot.organisation_id).collect();
    if holders.is_empty() {
        return Ok(slots);
    }
    let approved: HashSet<Uuid> = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(holders))
        .filter(organisation::Column::Status.eq(OrganisationStatus::Approved.as_str()))
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    slots.retain(|slot| slot.organisation_id.is_none_or(|holder| approved.contains(&holder)));
    Ok(slots)
}

/// The partnerships of some missions.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of(db: &impl ConnectionTrait, missions: Vec<Uuid>) -> Result<Vec<mission_partner::Model>> {
    if missions.is_empty() {
        return Ok(Vec::new());
    }
    Ok(mission_partner::Entity::find()
        .filter(mission_partner::Column::MissionId.is_in(missions))
        .order_by_asc(mission_partner::Column::JoinedAt)
        .order_by_asc(mission_partner::Column::OrganisationId)
        .all(db)
        .await?)
}

/// The partners of a mission, as its pages name them.
///
/// # Errors
/// When the database cannot be reached.
pub async fn shown(db: &impl ConnectionTrait, mission: Uuid) -> Result<Vec<Partner>> {
    let rows = of(db, vec![mission]).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let known: HashMap<Uuid, organisation::Model> = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let partner = |row: &mission_partner::Model| {
        let organisation = known.get(&row.organisation_id)?;
        Some(Partner {
            id: OrganisationId(organisation.id),
            name: organisation.name.clone(),
            slug: organisation.slug.clone(),
            choose: row.choice == "choose",
        })
    };
    Ok(rows.iter().filter_map(partner).collect())
}

/// Passes whoever has a duty in an organisation that answers some applicants of a mission: its own or a partner.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn require(
    db: &impl ConnectionTrait,
    actor: &Actor,
    mission: &mission::Model,
    organisation: OrganisationId,
    duty: Duty,
) -> Result<()> {
    actor.require_organisation(organisation, duty).map_err(told)?;
    if organisation.0 == mission.organisation_id {
        return Ok(());
    }
    let row = mission_partner::Entity::find_by_id((mission.id, organisation.0)).one(db).await?;
    row.map(drop).ok_or_else(|| told(AppError::NotFound))
}

/// How an organisation receives volunteers on a mission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// It accepts at once, rather than choosing.
    pub at_once: bool,
    /// What accepted volunteers read.
    pub practical: String,
}

/// How whoever answers receives volunteers: the mission's own organisation as the mission says, a partner as the mission
/// said that was joined.
///
/// # Errors
/// When the database cannot be reached.
pub async fn terms(db: &impl ConnectionTrait, mission: &mission::Model, answers: OrganisationId) -> Result<Terms> {
    let partner = if answers.0 == mission.organisation_id {
        None
    } else {
        mission_partner::Entity::find_by_id((mission.id, answers.0)).one(db).await?
    };
    let (choice, practical) = match &partner {
        Some(row) => (&row.choice, &row.practical),
        None => (&mission.choice, &mission.practical),
    };
    Ok(Terms { at_once: choice == "at_once", practical: practical.clone() })
}

/// What is online without the slots that were called off, and the places that were taken away: as it is by now.
///
/// # Errors
/// When the database cannot be reached.
pub async fn living(db: &impl ConnectionTrait, mission: Uuid, mut content: MissionContent) -> Result<MissionContent> {
    let slots = queries::slots(db, vec![mission]).await?;
    content.slots.retain(|plan| slots.iter().any(|slot| slot.id == plan.id && slot.cancelled_at.is_none()));
    for plan in &mut content.slots {
        let left = slots.iter().find(|slot| slot.id == plan.id).and_then(|slot| u32::try_from(slot.places).ok());
        plan.places = left.map_or(plan.places, |left| plan.places.min(left));
    }
    Ok(content)
}

/// A content of the mission's organisation as it goes online: with the slots that were joined to what is online.
///
/// # Errors
/// When the database cannot be reached.
pub async fn carried(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
    content: MissionContent,
) -> Result<MissionContent> {
    let Some(online) = mission.published_version_id else { return Ok(content) };
    let online = queries::content(&queries::version(db, online).await?)?;
    Ok(content.with_joined(&living(db, mission.id, online).await?))
}

/// Tells the admins of every partner that still has something to come what became of the mission.
///
/// # Errors
/// When the database refuses.
pub async fn tell_partners(work: &Work, mission: &mission::Model, kind: MailKind, reason: &str) -> Result<()> {
    let slots = queries::slots(&work.tx, vec![mission.id]).await?;
    let to_come = |slot: &slot::Model| slot.cancelled_at.is_none() && slot.ends_at > work.now;
    let partners: HashSet<Uuid> =
        slots.iter().filter(|slot| to_come(slot)).filter_map(|slot| slot.organisation_id).collect();
    if partners.is_empty() {
        return Ok(());
    }
    let owner = organisation::Entity::find_by_id(mission.organisation_id).one(&work.tx).await?;
    let owner = owner.map(|row| row.name).unwrap_or_default();
    let facts = [("mission", mission.title.as_str()), ("organisation", owner.as_str()), ("reason", reason)];
    for partner in partners.into_iter().map(OrganisationId) {
        let path = app::routes::own_mission(partner, mission.id.into(), "candidatures");
        tell(work, Grant::OrganisationAdmin(partner), Mail { kind, facts: &facts, path: &path }).await?;
    }
    Ok(())
}
