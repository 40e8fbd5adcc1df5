//! Who has acknowledged the safety rules of measures, and who has not yet.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    crisis::{InForce, Measures, ToAcknowledge},
    error::{AppError, Conflict},
    ids::{AccountId, MeasuresId, MunicipalityId},
    missions::MissionStatus,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{effect::span, queries};
use crate::{
    applications::queries as applications,
    backend::Backend,
    entity::{application, crisis_acknowledgement, crisis_measures, mission, slot},
    error::{Result, told},
    store::{Step, Work},
};

/// Notes that somebody has read the rules of some measures; the first time counts.
async fn note(work: &Work, volunteer: AccountId, measures: MeasuresId, version: u32) -> Result<bool> {
    use crisis_acknowledgement::Column;
    let row = crisis_acknowledgement::ActiveModel {
        measures_id: Set(measures.0),
        volunteer_id: Set(volunteer.0),
        version: Set(i32::try_from(version)?),
        acknowledged_at: Set(work.now),
    };
    let once = OnConflict::columns([Column::MeasuresId, Column::VolunteerId, Column::Version]).do_nothing().to_owned();
    let written =
        crisis_acknowledgement::Entity::insert(row).on_conflict(once).exec_without_returning(&work.tx).await?;
    Ok(written == 1)
}

/// Whoever applies has just read them all.
///
/// # Errors
/// When the database refuses.
pub async fn on_apply(work: &Work, volunteer: AccountId, rules: &InForce) -> Result<()> {
    for (measures, version) in rules.to_acknowledge(work.now) {
        note(work, volunteer, measures, version).await?;
    }
    Ok(())
}

/// One press in the volunteer's space.
pub async fn acknowledge(backend: &Backend, actor: &Actor, id: MeasuresId, version: u32) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    let row = crisis_measures::Entity::find_by_id(id.0).lock_shared().one(&work.tx).await?;
    let row = row.filter(|row| queries::measures(row).hold_at(work.now)).ok_or_else(|| told(AppError::NotFound))?;
    if queries::measures(&row).rules_version != version {
        return Err(told(Conflict::ChangedMeanwhile));
    }
    if note(&work, account, id, version).await? {
        let reason = version.to_string();
        work.record(Step {
            subject: "crisis_acknowledgement",
            id: id.0,
            municipality: row.municipality_id.map(MunicipalityId),
            from: None,
            to: "acknowledged",
            reason: Some(&reason),
        })
        .await?;
    }
    work.commit().await
}

/// The pairs of measures and volunteers that are acknowledged, in the version that counts now.
///
/// # Errors
/// When the database cannot be reached.
pub async fn done(db: &impl ConnectionTrait, measures: &[&Measures]) -> Result<HashSet<(MeasuresId, Uuid)>> {
    if measures.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = crisis_acknowledgement::Entity::find()
        .filter(crisis_acknowledgement::Column::MeasuresId.is_in(measures.iter().map(|one| one.id.0)))
        .all(db)
        .await?;
    let now = |row: &crisis_acknowledgement::Model| {
        measures.iter().any(|one| one.id.0 == row.measures_id && u32::try_from(row.version) == Ok(one.rules_version))
    };
    Ok(rows.into_iter().filter(now).map(|row| (MeasuresId(row.measures_id), row.volunteer_id)).collect())
}

/// The rules that a volunteer has still to acknowledge: of what holds where they are counted on, on the days of their
/// slots.
///
/// # Errors
/// When the database cannot be reached.
pub async fn outstanding(
    db: &impl ConnectionTrait,
    actor: &Actor,
    volunteer: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<ToAcknowledge>> {
    let mut rows = queries::switched_on(db, now).await?;
    rows.retain(|row| queries::measures(row).hold_at(now) && !row.rules_fr.is_empty());
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let slots = counted_on(db, volunteer, now).await?;
    let mut asked = Vec::new();
    for row in rows {
        let measures = queries::measures(&row);
        let concerned = slots.iter().any(|(town, slot)| measures.scope.covers(*town) && measures.touch(span(slot)));
        if !concerned || done(db, &[&measures]).await?.contains(&(measures.id, volunteer.0)) {
            continue;
        }
        let town = match row.municipality_id {
            Some(id) => crate::network::queries::by_id(db, MunicipalityId(id)).await?.name,
            None => String::new(),
        };
        asked.push(ToAcknowledge {
            id: measures.id,
            version: measures.rules_version,
            rules: actor.locale.pick(&row.rules_fr, &row.rules_en).to_owned(),
            title: row.title,
            town,
        });
    }
    Ok(asked)
}

/// The slots to come that a volunteer holds a place in, of missions that go on, each with its town.
async fn counted_on(
    db: &impl ConnectionTrait,
    volunteer: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<(MunicipalityId, slot::Model)>> {
    let held = ApplicationStatus::ALL.iter().filter(|status| status.holds_place()).map(|status| status.as_str());
    let rows = application::Entity::find()
        .filter(application::Column::VolunteerId.eq(volunteer.0))
        .filter(application::Column::Status.is_in(held))
        .all(db)
        .await?;
    let missions: HashMap<Uuid, mission::Model> = mission::Entity::find()
        .filter(mission::Column::Id.is_in(rows.iter().map(|row| row.mission_id)))
        .filter(mission::Column::Status.ne(MissionStatus::Suspended.as_str()))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let slots = applications::slots(db, rows.iter().map(|row| row.id).collect()).await?;
    let to_come = slots.into_values().flatten().filter(|slot| slot.cancelled_at.is_none() && slot.ends_at > now);
    Ok(to_come.filter_map(|slot| Some((missions.get(&slot.mission_id)?.municipality_id.into(), slot))).collect())
}

/// What an organisation sees of its applicants under measures.
#[derive(Debug, Default)]
pub struct Applicants {
    rules: Vec<Measures>,
    done: HashSet<(MeasuresId, Uuid)>,
    in_force: InForce,
    remote: bool,
}

impl Applicants {
    /// Reads what holds in the town of a mission, and who has acknowledged it.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn of(db: &impl ConnectionTrait, mission: &mission::Model, now: DateTime<Utc>) -> Result<Self> {
        let in_force = queries::of_town(db, mission.municipality_id.into(), now).await?;
        let rules: Vec<Measures> = in_force.at(now).filter(|one| one.has_rules).cloned().collect();
        let done = done(db, &rules.iter().collect::<Vec<_>>()).await?;
        Ok(Self { rules, done, in_force, remote: mission.remote })
    }

    /// Whether a volunteer has still to acknowledge rules on the days of these slots.
    pub fn has_to_acknowledge(&self, volunteer: Uuid, slots: &[slot::Model]) -> bool {
        let touched = |one: &&Measures| slots.iter().any(|slot| one.touch(span(slot)));
        self.rules.iter().filter(touched).any(|one| !self.done.contains(&(one.id, volunteer)))
    }

    /// Whether somebody born then should stay at home on the day of one of these slots.
    pub fn is_kept_home(&self, birth: chrono::NaiveDate, slots: &[slot::Model], now: DateTime<Utc>) -> bool {
        let to_come = slots.iter().filter(|slot| slot.ends_at > now && slot.cancelled_at.is_none());
        to_come.into_iter().any(|slot| self.in_force.may_take(birth, self.remote, span(slot)).is_err())
    }
}
