//! The handing-out sheet of a slot: who comes, what each is handed, where it lies.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    equipment::EquipmentType,
    error::AppError,
    ids::{ApplicationId, MissionId, MunicipalityId, OrganisationId, SlotId},
    missions::{EquipmentNeed, MissionStatus},
    supplies::{PersonItem, SheetDoor, SheetKind, SheetPerson, Signature, SlotSheet, needs::Handed},
    team::Duty,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    queries::{self, HandedOver, Reserved},
    reserve::free_of,
};
use crate::{
    backend::Backend,
    entity::{application, application_slot, equipment_stock, handout, mission, municipality, organisation, slot},
    error::{Result, told},
    missions::{partners, queries as missions},
    network::queries as towns,
    reviews::queries::names,
};

/// For how long after the slot a signature is kept: the time in which somebody asks who was handed what.
pub const SIGNATURES_KEPT: TimeDelta = TimeDelta::days(90);

/// A slot with its mission.
pub(super) struct Found {
    pub slot: slot::Model,
    pub mission: mission::Model,
    /// Whether the partner that holds the slot, where one does, is approved.
    pub offered: bool,
}

impl Found {
    /// Who holds the slot: its volunteers are nobody else's, not even of the mission's organisation.
    pub fn holder(&self) -> OrganisationId {
        partners::holder(&self.mission, &self.slot)
    }
}

/// A slot of a mission that is or was online.
///
/// # Errors
/// `NotFound` when there is none.
pub(super) async fn find(db: &impl ConnectionTrait, id: SlotId) -> Result<Found> {
    let slot = slot::Entity::find_by_id(id.0).one(db).await?.ok_or_else(|| told(AppError::NotFound))?;
    let mission = missions::by_id(db, MissionId(slot.mission_id)).await?;
    let offered = !partners::only_offered(db, vec![slot.clone()]).await?.is_empty();
    Ok(Found { slot, mission, offered })
}

/// What the mission needs, as it is online.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn needs(db: &impl ConnectionTrait, mission: &mission::Model) -> Result<Vec<EquipmentNeed>> {
    let Some(id) = mission.published_version_id else { return Ok(Vec::new()) };
    Ok(missions::content(&missions::version(db, id).await?)?.equipment)
}

/// Whether anything can be handed out: the mission takes place, and whoever holds the slot is not suspended.
pub(super) fn takes_place(found: &Found) -> bool {
    let online = matches!(missions::status(&found.mission), MissionStatus::Published | MissionStatus::Closed);
    online && found.offered && found.slot.cancelled_at.is_none()
}

/// The sheet.
pub async fn sheet(backend: &Backend, actor: &Actor, door: SheetDoor, id: SlotId) -> Result<SlotSheet> {
    actor.signed_in().map_err(told)?;
    let db = backend.store.read();
    let found = find(db, id).await?;
    let town = towns::by_id(db, found.mission.municipality_id.into()).await?;
    let may_write = enter(actor, &door, &found, &town)?;
    let coordination = matches!(door, SheetDoor::Town(_));
    let holder = found.holder();
    let organisation = organisation::Entity::find_by_id(holder.0).one(db).await?;
    let mission = found.mission.id;
    let (needs, handed) = (needs(db, &found.mission).await?, queries::handed(db, &[mission]).await?);
    let of_slot: Vec<&str> =
        handed.keys().filter(|(slot, ..)| *slot == found.slot.id).map(|(_, _, code)| code.as_str()).collect();
    let kinds: Vec<EquipmentType> = queries::kinds(db, actor.locale)
        .await?
        .into_iter()
        .map(|(kind, _)| kind)
        .filter(|kind| needs.iter().any(|need| need.code == kind.code) || of_slot.contains(&kind.code.as_str()))
        .collect();
    let answering = (!coordination).then_some(holder);
    let people = people(db, (&found, answering), &kinds, &needs, &handed).await?;
    let lying = Lying::read(db, &found.mission, coordination).await?;
    Ok(SlotSheet {
        town: towns::town_ref(&town),
        mission: MissionId(mission),
        title: found.mission.title.clone(),
        organisation: (holder, organisation.map(|row| row.name).unwrap_or_default()),
        partner: holder.0 != found.mission.organisation_id,
        slot: missions::line(&found.slot),
        takes_place: takes_place(&found),
        door,
        may_write,
        kinds: kinds.into_iter().map(|kind| lying.of(kind, &needs, &found, &handed)).collect(),
        people,
        signatures_until: signatures_until(&found.slot),
        now: backend.clock.now(),
    })
}

/// Until when a signature of a slot is kept.
pub(super) fn signatures_until(slot: &slot::Model) -> DateTime<Utc> {
    slot.ends_at + SIGNATURES_KEPT
}

/// Whether this person may see the sheet by this door; answers whether they may write in it.
fn enter(actor: &Actor, door: &SheetDoor, found: &Found, town: &municipality::Model) -> Result<bool> {
    let missing = || told(AppError::NotFound);
    match door {
        SheetDoor::Town(insee) if *insee == town.insee => {
            actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
            Ok(actor.coordinates(MunicipalityId(town.id)))
        }
        SheetDoor::Organisation(organisation, mission)
            if *organisation == found.holder() && mission.0 == found.mission.id =>
        {
            actor.require_organisation(*organisation, Duty::Equipment).map_err(told)?;
            Ok(true)
        }
        _ => Err(missing()),
    }
}

/// Where units for the mission lie.
struct Lying {
    mission: Uuid,
    reserved: Reserved,
    /// Free units by kind; for coordinators.
    free: Option<HashMap<String, u32>>,
    /// Depots with what lies in them; for coordinators.
    stock: Vec<(String, equipment_stock::Model)>,
}

impl Lying {
    async fn read(db: &impl ConnectionTrait, mission: &mission::Model, coordination: bool) -> Result<Self> {
        let reserved = queries::reserved(db, &[mission.id]).await?;
        let (mut free, mut stock) = (None, Vec::new());
        if coordination {
            free = Some(queries::free(db, mission.municipality_id).await?);
            stock = queries::stocks(db, mission.municipality_id, None).await?;
        }
        Ok(Self { mission: mission.id, reserved, free, stock })
    }

    /// The depots to go to: those where something is reserved for the mission, else those where something is free.
    fn depots(&self, code: &str) -> Vec<(String, u32)> {
        let shelves = || self.stock.iter().filter(|(_, row)| row.type_code == code);
        let reserved = shelves().filter_map(|(name, row)| {
            let key = (self.mission, code.to_owned(), row.depot_id);
            self.reserved.get(&key).filter(|units| **units > 0).map(|units| (name.clone(), *units))
        });
        let reserved: Vec<_> = reserved.collect();
        if reserved.is_empty() {
            return shelves().map(|(name, row)| (name.clone(), free_of(row))).filter(|(_, free)| *free > 0).collect();
        }
        reserved
    }

    fn of(&self, kind: EquipmentType, needs: &[EquipmentNeed], found: &Found, handed: &HandedOver) -> SheetKind {
        SheetKind {
            need: needs.iter().find(|need| need.code == kind.code).cloned().unwrap_or_default(),
            reserved: queries::reserved_of(&self.reserved, self.mission, &kind.code),
            free: self.free.as_ref().map(|free| free.get(&kind.code).copied().unwrap_or_default()),
            depots: self.depots(&kind.code),
            issued: queries::on_slot(handed, found.slot.id, &kind.code).issued,
            kind,
        }
    }
}

/// Who is expected on a slot, and who still has something of it.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn applications(db: &impl ConnectionTrait, slot: Uuid) -> Result<Vec<application::Model>> {
    let links = application_slot::Entity::find().filter(application_slot::Column::SlotId.eq(slot)).all(db).await?;
    Ok(application::Entity::find()
        .filter(application::Column::Id.is_in(links.into_iter().map(|link| link.application_id)))
        .all(db)
        .await?)
}

/// Whether an application brings somebody to the slot.
pub(super) fn is_expected(row: &application::Model) -> bool {
    [ApplicationStatus::Accepted, ApplicationStatus::Attended]
        .map(ApplicationStatus::as_str)
        .contains(&row.status.as_str())
}

/// The people of the sheet; those alone whose application one organisation answers for, where one is named.
async fn people(
    db: &impl ConnectionTrait,
    (found, answering): (&Found, Option<OrganisationId>),
    kinds: &[EquipmentType],
    needs: &[EquipmentNeed],
    handed: &HandedOver,
) -> Result<Vec<SheetPerson>> {
    let slot = found.slot.id;
    let had: Vec<Uuid> = handed.keys().filter(|(of, ..)| *of == slot).map(|(_, application, _)| *application).collect();
    let mut rows = applications(db, slot).await?;
    // Somebody whose slot was taken out of the application may still have something.
    let gone: Vec<Uuid> = had.iter().filter(|id| !rows.iter().any(|row| row.id == **id)).copied().collect();
    if !gone.is_empty() {
        rows.extend(application::Entity::find().filter(application::Column::Id.is_in(gone)).all(db).await?);
    }
    rows.retain(|row| is_expected(row) || had.contains(&row.id));
    rows.retain(|row| answering.is_none_or(|organisation| partners::answers(&found.mission, row) == organisation));
    let names = names(db, rows.iter().map(|row| row.volunteer_id).collect()).await?;
    let acts = acts(db, slot).await?;
    let mut people: Vec<SheetPerson> = rows
        .iter()
        .map(|row| {
            let own = acts.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            SheetPerson {
                application: ApplicationId(row.id),
                name: names.get(&row.volunteer_id).cloned().unwrap_or_default(),
                expected: is_expected(row),
                acts: u32::try_from(own.len()).unwrap_or_default(),
                items: kinds.iter().map(|kind| item(kind, needs, handed, (slot, row))).collect(),
                signature: own.iter().rev().find_map(|act| Signature::parse(act.signature.as_deref()?).ok()),
            }
        })
        .collect();
    people.sort_by_cached_key(|person| domain::text::fold(&person.name));
    Ok(people)
}

fn item(
    kind: &EquipmentType,
    needs: &[EquipmentNeed],
    handed: &HandedOver,
    (slot, row): (Uuid, &application::Model),
) -> PersonItem {
    let units: Handed = handed.get(&(slot, row.id, kind.code.clone())).copied().unwrap_or_default();
    let each = needs.iter().find(|need| need.code == kind.code).map_or(0, |need| need.per_volunteer);
    let has = units.issued.saturating_sub(units.returned);
    PersonItem {
        code: kind.code.clone(),
        issued: units.issued,
        returned: units.returned,
        lost: units.lost,
        proposed: if is_expected(row) { each.saturating_sub(has) } else { 0 },
    }
}

/// The acts of a slot, by application, in their order.
async fn acts(db: &impl ConnectionTrait, slot: Uuid) -> Result<HashMap<Uuid, Vec<handout::Model>>> {
    let rows = handout::Entity::find()
        .filter(handout::Column::SlotId.eq(slot))
        .order_by_asc(handout::Column::Number)
        .all(db)
        .await?;
    let mut acts: HashMap<Uuid, Vec<handout::Model>> = HashMap::new();
    for row in rows {
        acts.entry(row.application_id).or_default().push(row);
    }
    Ok(acts)
}
