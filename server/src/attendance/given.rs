//! The hours that a volunteer has given: what organisations validated.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    attendance::{GivenHours, MissionHours, Thanks, YearHours, rules::Window},
    ids::{AccountId, ApplicationId},
    missions::SlotLine,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::sheet::timing;
use crate::{
    applications::queries,
    backend::Backend,
    entity::{application, attendance, mission, municipality, organisation, slot},
    error::{Result, told},
    missions::{partners, queries as missions},
};

/// Hours at one slot.
#[derive(Debug, Clone)]
pub struct Stint {
    /// Its first and its last day in Paris: one, but for an open period. It counts in the year of the last.
    pub days: (NaiveDate, NaiveDate),
    /// The mission.
    pub mission: Uuid,
    /// Its title.
    pub title: String,
    /// Who answered for the slot.
    pub organisation: String,
    /// Its town.
    pub town: String,
    /// Minutes.
    pub minutes: u32,
    /// The application.
    pub application: ApplicationId,
    /// The slot.
    pub slot: SlotLine,
    /// The word of thanks that came with the hours.
    pub thanks: Option<String>,
}

impl Stint {
    /// The calendar year in which its hours count.
    pub fn year(&self) -> i32 {
        self.days.1.year()
    }
}

/// The caller's hours.
pub async fn given(backend: &Backend, actor: &Actor) -> Result<GivenHours> {
    let me = actor.signed_in().map_err(told)?;
    let db = backend.store.read();
    let mut years: BTreeMap<i32, Vec<Stint>> = BTreeMap::new();
    let stints = stints(db, me).await?;
    let thanks = stints.iter().rev().filter_map(thanks).collect();
    for stint in stints {
        years.entry(stint.year()).or_default().push(stint);
    }
    let years = years.into_iter().rev().map(|(year, stints)| {
        let missions = by_mission(stints);
        YearHours { year, minutes: missions.iter().map(|mission| mission.minutes).sum(), missions }
    });
    Ok(GivenHours { years: years.collect(), awaited: awaited(backend, me).await?, thanks })
}

/// The word of thanks for a stint, if one came.
fn thanks(stint: &Stint) -> Option<Thanks> {
    Some(Thanks {
        body: stint.thanks.clone()?,
        application: stint.application,
        mission: stint.title.clone(),
        organisation: stint.organisation.clone(),
        slot: stint.slot.clone(),
    })
}

/// Every slot at which somebody came, validated, in the order of days.
///
/// # Errors
/// When the database cannot be reached.
pub async fn stints(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Stint>> {
    let rows = application::Entity::find().filter(application::Column::VolunteerId.eq(account.0)).all(db).await?;
    let rows: HashMap<Uuid, application::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let notes = attendance::Entity::find()
        .filter(attendance::Column::ApplicationId.is_in(rows.keys().copied()))
        .filter(attendance::Column::ValidatedAt.is_not_null())
        .filter(attendance::Column::Minutes.gt(0))
        .all(db)
        .await?;
    let slots = by_id(db, notes.iter().map(|note| note.slot_id).collect()).await?;
    let around = Around::of(db, rows.values().filter(|row| notes.iter().any(|n| n.application_id == row.id))).await?;
    let mut stints: Vec<Stint> = notes
        .iter()
        .filter_map(|note| {
            let (row, slot) = (rows.get(&note.application_id)?, slots.get(&note.slot_id)?);
            around.stint(row, slot, note)
        })
        .collect();
    stints.sort_by(|a, b| (a.days, &a.title).cmp(&(b.days, &b.title)));
    Ok(stints)
}

/// Stints, put together by mission and organisation, the longest first.
pub fn by_mission(stints: Vec<Stint>) -> Vec<MissionHours> {
    let mut found: BTreeMap<(Uuid, String), MissionHours> = BTreeMap::new();
    for stint in stints {
        let line = found.entry((stint.mission, stint.organisation.clone())).or_insert_with(|| MissionHours {
            title: stint.title,
            organisation: stint.organisation,
            town: stint.town,
            days: stint.days,
            minutes: 0,
        });
        line.days = (line.days.0.min(stint.days.0), line.days.1.max(stint.days.1));
        line.minutes += stint.minutes;
    }
    let mut missions: Vec<MissionHours> = found.into_values().collect();
    missions.sort_by(|a, b| (b.minutes, a.days, &a.title).cmp(&(a.minutes, b.days, &b.title)));
    missions
}

async fn by_id(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<HashMap<Uuid, slot::Model>> {
    let rows = slot::Entity::find().filter(slot::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Slots that are over, at which somebody was expected, and whose hours can still be validated.
async fn awaited(backend: &Backend, me: AccountId) -> Result<Vec<(String, SlotLine)>> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let rows = application::Entity::find()
        .filter(application::Column::VolunteerId.eq(me.0))
        .filter(application::Column::Status.eq(ApplicationStatus::Accepted.as_str()))
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let slots = queries::slots(db, ids.clone()).await?;
    let settled = attendance::Entity::find()
        .filter(attendance::Column::ApplicationId.is_in(ids))
        .filter(attendance::Column::ValidatedAt.is_not_null())
        .all(db)
        .await?;
    let titles = mission::Entity::find().filter(mission::Column::Id.is_in(rows.iter().map(|row| row.mission_id)));
    let titles: HashMap<Uuid, String> = titles.all(db).await?.into_iter().map(|row| (row.id, row.title)).collect();
    let waits = |row: &application::Model, slot: &slot::Model| {
        let over = slot.ends_at <= now && slot.cancelled_at.is_none() && timing(slot).window(now) == Window::Open;
        over && !settled.iter().any(|note| note.application_id == row.id && note.slot_id == slot.id)
    };
    let mut found: Vec<(String, SlotLine)> = Vec::new();
    for row in &rows {
        for slot in slots.get(&row.id).into_iter().flatten().filter(|slot| waits(row, slot)) {
            found.push((titles.get(&row.mission_id).cloned().unwrap_or_default(), missions::line(slot)));
        }
    }
    found.sort_by_key(|(_, slot)| slot.starts_at);
    Ok(found)
}

/// Missions, organisations and towns of some applications.
struct Around {
    missions: HashMap<Uuid, mission::Model>,
    organisations: HashMap<Uuid, String>,
    towns: HashMap<Uuid, String>,
}

impl Around {
    async fn of<'a>(
        db: &impl ConnectionTrait,
        rows: impl Iterator<Item = &'a application::Model> + Clone,
    ) -> Result<Self> {
        let missions = mission::Entity::find()
            .filter(mission::Column::Id.is_in(rows.clone().map(|row| row.mission_id)))
            .all(db)
            .await?;
        let mut answering: Vec<Uuid> = missions.iter().map(|row| row.organisation_id).collect();
        answering.extend(rows.filter_map(|row| row.organisation_id));
        let organisations = organisation::Entity::find().filter(organisation::Column::Id.is_in(answering));
        let towns = missions.iter().map(|row| row.municipality_id);
        let towns = municipality::Entity::find().filter(municipality::Column::Id.is_in(towns));
        Ok(Self {
            organisations: organisations.all(db).await?.into_iter().map(|row| (row.id, row.name)).collect(),
            towns: towns.all(db).await?.into_iter().map(|row| (row.id, row.name)).collect(),
            missions: missions.into_iter().map(|row| (row.id, row)).collect(),
        })
    }

    fn stint(&self, row: &application::Model, slot: &slot::Model, note: &attendance::Model) -> Option<Stint> {
        let mission = self.missions.get(&row.mission_id)?;
        Some(Stint {
            days: timing(slot).days(),
            mission: mission.id,
            title: mission.title.clone(),
            organisation: self.organisations.get(&partners::answers(mission, row).0).cloned().unwrap_or_default(),
            town: self.towns.get(&mission.municipality_id).cloned().unwrap_or_default(),
            minutes: u32::try_from(note.minutes).unwrap_or_default(),
            application: ApplicationId(row.id),
            slot: missions::line(slot),
            thanks: note.thanks.clone(),
        })
    }
}
