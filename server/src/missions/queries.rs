//! Questions about missions.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Locale,
    applications::door::still_shut,
    error::AppError,
    ids::{MissionId, OrganisationId, SlotId},
    missions::{MissionCard, MissionContent, MissionPage, MissionStatus, SlotKind, SlotLine, Term},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{partners, reference};
use crate::{
    crisis::queries as crisis,
    entity::{mission, mission_version, municipality, neighbourhood, organisation, slot},
    error::{Result, told},
    network::queries::town_ref,
    supplies::queries as supplies,
};

/// A mission.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn by_id(db: &impl ConnectionTrait, id: MissionId) -> Result<mission::Model> {
    mission::Entity::find_by_id(id.0).one(db).await?.ok_or_else(|| told(AppError::NotFound))
}

/// Where a mission stands.
pub fn status(row: &mission::Model) -> MissionStatus {
    MissionStatus::parse(&row.status).unwrap_or(MissionStatus::Draft)
}

/// The content of a version.
///
/// # Errors
/// When the stored text is not what we wrote.
pub fn content(version: &mission_version::Model) -> Result<MissionContent> {
    Ok(serde_json::from_str(&version.content)?)
}

/// A version by its id.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn version(db: &impl ConnectionTrait, id: Uuid) -> Result<mission_version::Model> {
    mission_version::Entity::find_by_id(id).one(db).await?.ok_or_else(|| told(AppError::NotFound))
}

/// A slot as shown.
pub fn line(row: &slot::Model) -> SlotLine {
    SlotLine {
        id: SlotId(row.id),
        kind: SlotKind::parse(&row.kind).unwrap_or(SlotKind::Dated),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        places: u32::try_from(row.places).unwrap_or_default(),
        taken: u32::try_from(row.taken).unwrap_or_default(),
        cancelled: row.cancelled_at.is_some(),
        organisation: row.organisation_id.map(OrganisationId),
    }
}

/// The live slots of some missions, in order of time.
///
/// # Errors
/// When the database cannot be reached.
pub async fn slots(db: &impl ConnectionTrait, missions: Vec<Uuid>) -> Result<Vec<slot::Model>> {
    if missions.is_empty() {
        return Ok(Vec::new());
    }
    Ok(slot::Entity::find()
        .filter(slot::Column::MissionId.is_in(missions))
        .order_by_asc(slot::Column::StartsAt)
        .order_by_asc(slot::Column::Id)
        .all(db)
        .await?)
}

/// Rows by id, for what several missions share.
async fn known<E>(db: &impl ConnectionTrait, column: E::Column, ids: Vec<Uuid>) -> Result<Vec<E::Model>>
where
    E: EntityTrait,
{
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(E::find().filter(column.is_in(ids)).all(db).await?)
}

/// Missions as cards, in the order given: five questions whatever their number.
///
/// # Errors
/// When the database cannot be reached.
pub async fn cards(
    db: &impl ConnectionTrait,
    locale: Locale,
    missions: Vec<mission::Model>,
    now: DateTime<Utc>,
) -> Result<Vec<MissionCard>> {
    if missions.is_empty() {
        return Ok(Vec::new());
    }
    let column = |of: fn(&mission::Model) -> Option<Uuid>| missions.iter().filter_map(of).collect::<Vec<_>>();
    let towns: HashMap<Uuid, municipality::Model> =
        known::<municipality::Entity>(db, municipality::Column::Id, column(|m| Some(m.municipality_id)))
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
    let organisations: HashMap<Uuid, String> =
        known::<organisation::Entity>(db, organisation::Column::Id, column(|m| Some(m.organisation_id)))
            .await?
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect();
    let places: HashMap<Uuid, String> =
        known::<neighbourhood::Entity>(db, neighbourhood::Column::Id, column(|m| m.neighbourhood_id))
            .await?
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect();
    let domains: HashMap<String, Term> = reference::domains(db, false)
        .await?
        .iter()
        .map(|row| (row.code.clone(), reference::term(row, locale)))
        .collect();
    let mut slots: HashMap<Uuid, Vec<slot::Model>> = HashMap::new();
    let rows = self::slots(db, column(|m| Some(m.id))).await?;
    for row in partners::only_offered(db, rows).await? {
        if row.cancelled_at.is_none() && row.ends_at > now {
            slots.entry(row.mission_id).or_default().push(row);
        }
    }
    Ok(missions
        .into_iter()
        .filter_map(|row| {
            let open = slots.remove(&row.id).unwrap_or_default();
            Some(MissionCard {
                id: MissionId(row.id),
                domain: domains.get(row.domain_code.as_deref().unwrap_or_default())?.clone(),
                organisation: organisations.get(&row.organisation_id)?.clone(),
                town: town_ref(towns.get(&row.municipality_id)?),
                neighbourhood: row.neighbourhood_id.and_then(|id| places.get(&id).cloned()),
                next: open.first().map(line).map(|line| (line.kind, line.starts_at, line.ends_at)),
                more_slots: u32::try_from(open.len().saturating_sub(1)).unwrap_or_default(),
                places_left: open.iter().map(|slot| u32::try_from(slot.places - slot.taken).unwrap_or_default()).sum(),
                slug: row.slug,
                title: row.title,
                goal: row.goal,
                remote: row.remote,
                open_to_minors: row.open_to_minors,
            })
        })
        .collect())
}

/// A content as the public will see (or sees) it. `slots` are the live ones of a published mission, or those that the
/// content plans.
///
/// # Errors
/// When the database cannot be reached.
pub async fn page(
    db: &impl ConnectionTrait,
    locale: Locale,
    mission: &mission::Model,
    content: &MissionContent,
    slots: Vec<SlotLine>,
    now: DateTime<Utc>,
) -> Result<MissionPage> {
    let organisation = organisation::Entity::find_by_id(mission.organisation_id)
        .one(db)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let town = crate::network::queries::by_id(db, mission.municipality_id.into()).await?;
    let neighbourhood = match content.neighbourhood {
        Some(id) => neighbourhood::Entity::find_by_id(id).one(db).await?.map(|row| row.name),
        None => None,
    };
    let domains = reference::domains(db, false).await?;
    let known = reference::beneficiaries(db, locale).await?;
    let crisis = crisis::shown(db, &town, now, locale).await?;
    let mut domain_rules = reference::safety_rules(db, content.domain.as_deref(), locale).await?;
    domain_rules.extend(crisis.rules);
    Ok(MissionPage {
        id: MissionId(mission.id),
        slug: mission.slug.clone(),
        status: status(mission),
        title: content.title.clone(),
        goal: content.goal.clone(),
        description: content.description.clone(),
        domain: domains
            .iter()
            .find(|row| Some(&row.code) == content.domain.as_ref())
            .map(|row| reference::term(row, locale)),
        organisation: (OrganisationId(organisation.id), organisation.name, organisation.slug),
        town: town_ref(&town),
        remote: content.remote,
        address: content.address.clone(),
        neighbourhood,
        beneficiaries: known
            .into_iter()
            .filter(|term| content.beneficiaries.contains(&term.code))
            .map(|term| term.label)
            .collect(),
        prerequisites: content.prerequisites.clone(),
        safety_rules: content.safety_rules.clone(),
        domain_rules,
        reading: crisis.reading,
        banners: crisis.banners,
        open_to_minors: content.open_to_minors,
        equipment: supplies::provided(db, locale, &content.equipment).await?,
        choose: mission.choice == "choose",
        slots,
        partners: partners::shown(db, mission.id).await?,
        opens_on: still_shut(mission.opens_on, now),
        now,
        mine: None,
        viewer: None,
        voices: String::new(),
    })
}

/// The slots that a content of this organisation plans, as lines.
pub fn planned(content: &MissionContent, owner: Uuid) -> Vec<SlotLine> {
    let mut lines: Vec<SlotLine> = content
        .slots
        .iter()
        .map(|plan| SlotLine {
            id: SlotId(plan.id),
            kind: plan.kind,
            starts_at: plan.starts_at,
            ends_at: plan.ends_at,
            places: plan.places,
            taken: 0,
            cancelled: false,
            organisation: plan.organisation.filter(|holder| *holder != owner).map(OrganisationId),
        })
        .collect();
    lines.sort_by_key(|line| line.starts_at);
    lines
}
