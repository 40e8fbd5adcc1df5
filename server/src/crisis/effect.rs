//! What measures would do, or do: the same question before they are switched on, while they are, and once they hold.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use domain::{
    applications::{ApplicationStatus, rules::Span},
    crisis::{Measures, Scope},
    ids::OrganisationId,
    missions::MissionStatus,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use crate::{
    accounts::tokens,
    entity::{account, application, application_slot, crisis_measures, mission, organisation, slot, volunteer},
    error::Result,
    missions::partners,
};

/// What is asked of a mission.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct MissionLine {
    pub id: Uuid,
    pub title: String,
    pub organisation_id: Uuid,
    pub municipality_id: Uuid,
    pub domain_code: Option<String>,
    pub status: String,
    pub remote: bool,
}

/// A volunteer who holds a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub volunteer: Uuid,
    pub mission: Uuid,
    pub slot: Uuid,
}

/// Missions with a slot to come, their slots and who holds a place in them.
#[derive(Debug, Default)]
pub struct Around {
    pub missions: BTreeMap<Uuid, MissionLine>,
    pub slots: HashMap<Uuid, slot::Model>,
    pub held: Vec<Held>,
    pub people: HashMap<Uuid, (account::Model, Option<volunteer::Model>)>,
    pub organisations: HashMap<Uuid, String>,
}

/// What measures would do to what is around.
#[derive(Debug, Default)]
pub struct Found {
    /// Missions that go offline.
    pub suspended: Vec<Uuid>,
    /// Places, in [`Around::held`], of volunteers who should stay at home.
    pub kept_home: Vec<Held>,
    /// Slots above the largest group.
    pub large: Vec<Uuid>,
    /// Volunteers who must acknowledge the rules, each with the missions they are counted on for.
    pub to_acknowledge: BTreeMap<Uuid, BTreeSet<Uuid>>,
}

/// Missions of a town or of all that are online, closed with slots to come, or suspended.
fn missions(scope: Scope) -> Condition {
    let states = [MissionStatus::Published, MissionStatus::Closed, MissionStatus::Suspended];
    let live = Condition::all().add(mission::Column::Status.is_in(states.map(MissionStatus::as_str)));
    match scope {
        Scope::Network => live,
        Scope::Town(id) => live.add(mission::Column::MunicipalityId.eq(id.0)),
    }
}

fn ids<E: EntityTrait>(asked: Select<E>, column: E::Column) -> sea_orm::sea_query::SelectStatement {
    asked.select_only().column(column).into_query()
}

fn slots_to_come(scope: Scope, now: DateTime<Utc>) -> Select<slot::Entity> {
    let of = ids(mission::Entity::find().filter(missions(scope)), mission::Column::Id);
    slot::Entity::find()
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::EndsAt.gt(now))
        .filter(slot::Column::MissionId.in_subquery(of))
}

fn counted_on() -> Select<application::Entity> {
    let held = ApplicationStatus::ALL.iter().filter(|status| status.holds_place()).map(|status| status.as_str());
    application::Entity::find().filter(application::Column::Status.is_in(held))
}

/// Looks around: a handful of questions, whatever there is.
///
/// # Errors
/// When the database cannot be reached.
pub async fn around(db: &impl ConnectionTrait, scope: Scope, now: DateTime<Utc>) -> Result<Around> {
    use mission::Column as M;
    let lines: Vec<MissionLine> = mission::Entity::find()
        .select_only()
        .columns([M::Id, M::Title, M::OrganisationId, M::MunicipalityId, M::DomainCode, M::Status, M::Remote])
        .filter(missions(scope))
        .into_model()
        .all(db)
        .await?;
    let slots = slots_to_come(scope, now).all(db).await?;
    let of_slots = ids(slots_to_come(scope, now), slot::Column::Id);
    let links = application_slot::Entity::find()
        .filter(application_slot::Column::SlotId.in_subquery(of_slots))
        .filter(application_slot::Column::ApplicationId.in_subquery(ids(counted_on(), application::Column::Id)))
        .order_by_asc(application_slot::Column::ApplicationId)
        .order_by_asc(application_slot::Column::SlotId)
        .all(db)
        .await?;
    let of_missions = ids(mission::Entity::find().filter(missions(scope)), mission::Column::Id);
    let applications = counted_on().filter(application::Column::MissionId.in_subquery(of_missions));
    let applicants = ids(applications.clone(), application::Column::VolunteerId);
    let applications: HashMap<Uuid, (Uuid, Uuid)> =
        applications.all(db).await?.into_iter().map(|row| (row.id, (row.volunteer_id, row.mission_id))).collect();
    let people = account::Entity::find()
        .filter(account::Column::Id.in_subquery(applicants))
        .find_also_related(volunteer::Entity)
        .all(db)
        .await?;
    let organisations: Vec<(Uuid, String)> =
        organisation::Entity::find()
            .select_only()
            .columns([organisation::Column::Id, organisation::Column::Name])
            .filter(
                Condition::any()
                    .add(organisation::Column::Id.in_subquery(ids(
                        mission::Entity::find().filter(missions(scope)),
                        mission::Column::OrganisationId,
                    )))
                    .add(organisation::Column::Id.is_in(slots.iter().filter_map(|slot| slot.organisation_id))),
            )
            .into_tuple()
            .all(db)
            .await?;
    let held = links.iter().filter_map(|link| {
        let (volunteer, mission) = applications.get(&link.application_id)?;
        Some(Held { volunteer: *volunteer, mission: *mission, slot: link.slot_id })
    });
    Ok(Around {
        missions: lines.into_iter().map(|line| (line.id, line)).collect(),
        slots: slots.into_iter().map(|row| (row.id, row)).collect(),
        held: held.collect(),
        people: people.into_iter().map(|(account, profile)| (account.id, (account, profile))).collect(),
        organisations: organisations.into_iter().collect(),
    })
}

/// When a slot is.
pub fn span(row: &slot::Model) -> Span {
    (row.starts_at, row.ends_at)
}

impl Around {
    /// What measures would do here.
    pub fn under(&self, measures: &Measures) -> Found {
        let published = |line: &MissionLine| line.status == MissionStatus::Published.as_str();
        let forbidden = |line: &MissionLine| published(line) && !measures.allow(line.domain_code.as_deref());
        let suspended: BTreeSet<Uuid> =
            self.missions.values().filter(|line| forbidden(line)).map(|line| line.id).collect();
        let goes_on = |id: &Uuid| {
            self.missions
                .get(id)
                .filter(|line| line.status != MissionStatus::Suspended.as_str() && !suspended.contains(&line.id))
        };
        let mut found = Found::default();
        for held in &self.held {
            let (Some(line), Some(slot)) = (goes_on(&held.mission), self.slots.get(&held.slot)) else { continue };
            if !measures.touch(span(slot)) {
                continue;
            }
            if measures.has_rules {
                found.to_acknowledge.entry(held.volunteer).or_default().insert(line.id);
            }
            let birth = self.people.get(&held.volunteer).and_then(|(_, profile)| profile.as_ref()?.birth_date.into());
            if !line.remote && birth.is_some_and(|birth| measures.keep_home(birth, span(slot))) {
                found.kept_home.push(held.clone());
            }
        }
        found.large = self.large(measures, goes_on);
        found.suspended = suspended.into_iter().collect();
        found
    }

    fn large<'a>(&'a self, measures: &Measures, goes_on: impl Fn(&Uuid) -> Option<&'a MissionLine>) -> Vec<Uuid> {
        let Some(most) = measures.largest_group else { return Vec::new() };
        let above = |row: &&slot::Model| {
            let on_site = goes_on(&row.mission_id).is_some_and(|line| !line.remote);
            on_site && u32::try_from(row.places).is_ok_and(|places| places > most) && measures.touch(span(row))
        };
        let mut slots: Vec<&slot::Model> = self.slots.values().filter(above).collect();
        slots.sort_unstable_by_key(|row| (row.starts_at, row.id));
        slots.into_iter().map(|row| row.id).collect()
    }

    /// Who holds a slot to come.
    pub fn holder(&self, slot: Uuid) -> Option<OrganisationId> {
        let row = self.slots.get(&slot)?;
        let owner = self.missions.get(&row.mission_id)?.organisation_id;
        Some(partners::holder_in(OrganisationId(owner), row))
    }

    /// Who has a part in each mission: its organisation, and those that hold slots of it to come.
    pub fn parts(&self) -> BTreeMap<Uuid, BTreeSet<OrganisationId>> {
        let owners = self.missions.iter().map(|(id, line)| (*id, OrganisationId(line.organisation_id)));
        let holders = self.slots.values().filter_map(|row| Some((row.mission_id, self.holder(row.id)?)));
        let mut parts: BTreeMap<Uuid, BTreeSet<OrganisationId>> = BTreeMap::new();
        for (mission, organisation) in owners.chain(holders) {
            parts.entry(mission).or_default().insert(organisation);
        }
        parts
    }

    /// How many hold a place in the slots of a mission to come.
    pub fn accepted(&self, mission: Uuid) -> u32 {
        let people: BTreeSet<Uuid> =
            self.held.iter().filter(|held| held.mission == mission).map(|held| held.volunteer).collect();
        u32::try_from(people.len()).unwrap_or(u32::MAX)
    }
}

impl Found {
    /// What stands for all of this: when it is no longer the same, the measures or what they would do have changed.
    pub fn seal(&self, row: &crisis_measures::Model) -> String {
        let list = |ids: &mut dyn Iterator<Item = Uuid>| ids.map(|id| id.to_string()).collect::<Vec<_>>().join(",");
        let mut home: Vec<(Uuid, Uuid)> = self.kept_home.iter().map(|held| (held.volunteer, held.slot)).collect();
        home.sort_unstable();
        let parts = [
            format!("{row:?}"),
            list(&mut self.suspended.iter().copied()),
            list(&mut home.into_iter().flat_map(|(volunteer, slot)| [volunteer, slot])),
            list(&mut self.large.iter().copied()),
            list(&mut self.to_acknowledge.keys().copied()),
        ];
        tokens::digest(&parts.join(";"))
    }
}
