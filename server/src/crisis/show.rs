//! The page of measures: what they would do, do or did.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    actor::Actor,
    crisis::{ConcernedPerson, Effect, LargeSlot, Measures, MeasuresPage, MeasuresStatus, Scope, SuspendedMission},
    error::AppError,
    ids::{MeasuresId, MissionId, MunicipalityId, ReviewId},
    paris,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    acknowledge,
    effect::{self, Around, Found, Held},
    queries, suspend, write,
};
use crate::{
    accounts::queries::full_name,
    backend::Backend,
    entity::{crisis_measures, crisis_suspension, mission, organisation, review},
    error::{Result, told},
    missions::{queries::line, reference},
    network::queries::town_ref,
    reviews::queries::history,
};

/// People who are named; the others are counted.
const NAMED: usize = 200;

/// Measures, with what they would do, do or did.
pub async fn page(backend: &Backend, actor: &Actor, insee: &str, id: MeasuresId) -> Result<MeasuresPage> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let town = queries::read(backend, actor, insee).await?;
    let row = queries::all_of(town.as_ref()).filter(crisis_measures::Column::Id.eq(id.0)).one(db).await?;
    let row = row.ok_or_else(|| told(AppError::NotFound))?;
    let scope = queries::scope(&row);
    let known = reference::domains(db, false).await?;
    let (effect, seen) = match queries::status(&row) {
        MeasuresStatus::Lifted | MeasuresStatus::Ended => (past(db, actor, &row).await?, String::new()),
        _ => {
            let around = effect::around(db, scope, now).await?;
            let found = around.under(&queries::measures(&row));
            (effect(db, actor, &row, &around, &found).await?, found.seal(&row))
        }
    };
    Ok(MeasuresPage {
        town: town.as_ref().map(town_ref),
        id,
        status: queries::status(&row),
        facts: queries::facts(&row, actor.locale, &known),
        banner: actor.locale.pick(&row.banner_fr, &row.banner_en).to_owned(),
        effect,
        seen,
        form: write::form(&row),
        domains: known.iter().filter(|row| row.enabled).map(|row| reference::term(row, actor.locale)).collect(),
        ended_at: row.ended_at,
        at_once: row.first_day <= paris::date(now),
        history: history(db, &[("crisis_measures", row.id)]).await?,
        may_write: scope.may_write(actor),
        title: row.title,
    })
}

/// What measures would do, or do while they hold.
async fn effect(
    db: &impl ConnectionTrait,
    actor: &Actor,
    row: &crisis_measures::Model,
    around: &Around,
    found: &Found,
) -> Result<Effect> {
    let measures = queries::measures(row);
    let holds = measures.status == MeasuresStatus::InForce;
    let suspended = if holds { suspend::suspended_by(db, row.id).await? } else { found.suspended.clone() };
    let names = matches!(measures.scope, Scope::Town(town) if actor.coordinates(town));
    let done = acknowledge::done(db, &[&measures]).await?;
    let missing = missing(&measures, found, &done);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let person = |held: &Held| ConcernedPerson {
        name: name(around, held.volunteer, names),
        slot: around.slots.get(&held.slot).map(line).map(|line| (line.kind, line.starts_at, line.ends_at)),
        ..concerned(around, held.mission, Some(held.slot))
    };
    let named = missing.iter().filter(|_| names).take(NAMED).filter_map(|(volunteer, missions)| {
        let mission = missions.first()?;
        Some(ConcernedPerson { name: name(around, *volunteer, names), ..concerned(around, *mission, None) })
    });
    let mut named: Vec<ConcernedPerson> = named.collect();
    named.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Effect {
        suspended: self::missions(db, actor, suspended, Some(around)).await?,
        kept_home: found.kept_home.iter().map(person).collect(),
        large: found.large.iter().filter_map(|id| large(around, *id)).collect(),
        to_acknowledge: count(missing.len()),
        acknowledged: count(found.to_acknowledge.len() - missing.len()),
        missing: named,
    })
}

fn missing(measures: &Measures, found: &Found, done: &HashSet<(MeasuresId, Uuid)>) -> Vec<(Uuid, BTreeSet<Uuid>)> {
    let asked = found.to_acknowledge.iter().filter(|(volunteer, _)| !done.contains(&(measures.id, **volunteer)));
    asked.map(|(volunteer, missions)| (*volunteer, missions.clone())).collect()
}

fn name(around: &Around, volunteer: Uuid, shown: bool) -> String {
    around.people.get(&volunteer).filter(|_| shown).map(|(account, _)| full_name(account)).unwrap_or_default()
}

/// Named with whoever holds the slot, where it is about one: nobody else knows these people.
fn concerned(around: &Around, mission: Uuid, slot: Option<Uuid>) -> ConcernedPerson {
    let line = around.missions.get(&mission);
    let holder = slot.and_then(|slot| around.holder(slot)).map(|holder| holder.0);
    let organisation = holder.or(line.map(|line| line.organisation_id)).and_then(|id| around.organisations.get(&id));
    ConcernedPerson {
        name: String::new(),
        mission: line.map(|line| line.title.clone()).unwrap_or_default(),
        organisation: organisation.cloned().unwrap_or_default(),
        slot: None,
    }
}

fn large(around: &Around, slot: Uuid) -> Option<LargeSlot> {
    let row = around.slots.get(&slot)?;
    let (of, line) = (concerned(around, row.mission_id, Some(slot)), line(row));
    Some(LargeSlot {
        mission: of.mission,
        organisation: of.organisation,
        when: (line.kind, line.starts_at, line.ends_at),
        places: line.places,
        taken: line.taken,
    })
}

/// What measures that are over had suspended.
async fn past(db: &impl ConnectionTrait, actor: &Actor, row: &crisis_measures::Model) -> Result<Effect> {
    let rows = crisis_suspension::Entity::find()
        .filter(crisis_suspension::Column::MeasuresId.eq(row.id))
        .order_by_asc(crisis_suspension::Column::MissionId)
        .all(db)
        .await?;
    let ids = rows.into_iter().map(|row| row.mission_id).collect();
    Ok(Effect { suspended: missions(db, actor, ids, None).await?, ..Effect::default() })
}

/// Missions as the list shows them, by title.
///
/// # Errors
/// When the database cannot be reached.
pub async fn missions(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: Vec<Uuid>,
    around: Option<&Around>,
) -> Result<Vec<SuspendedMission>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = mission::Entity::find()
        .filter(mission::Column::Id.is_in(ids.clone()))
        .order_by_asc(mission::Column::Title)
        .order_by_asc(mission::Column::Id)
        .all(db)
        .await?;
    let owners = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation_id)))
        .all(db)
        .await?;
    let owners: HashMap<Uuid, String> = owners.into_iter().map(|row| (row.id, row.name)).collect();
    // The last one counts: a later line takes the place of an earlier one.
    let reviews: HashMap<Uuid, Uuid> = review::Entity::find()
        .filter(review::Column::MissionId.is_in(ids))
        .order_by_asc(review::Column::CreatedAt)
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.mission_id, row.id))
        .collect();
    let (towns, domains) = (queries::towns(db).await?, reference::domains(db, false).await?);
    let line = |row: mission::Model| {
        let town = towns.get(&row.municipality_id);
        let domain = domains.iter().find(|domain| Some(&domain.code) == row.domain_code.as_ref());
        let readable = actor.require_municipality_reader(MunicipalityId(row.municipality_id)).is_ok();
        SuspendedMission {
            id: MissionId(row.id),
            organisation: owners.get(&row.organisation_id).cloned().unwrap_or_default(),
            domain: domain.map(|domain| reference::term(domain, actor.locale).label).unwrap_or_default(),
            town: town.map(|town| town.name.clone()).unwrap_or_default(),
            accepted: around.map_or(0, |around| around.accepted(row.id)),
            review: town
                .zip(reviews.get(&row.id))
                .filter(|_| readable)
                .map(|(town, review)| (town.insee.clone(), ReviewId(*review))),
            title: row.title,
        }
    };
    Ok(rows.into_iter().map(line).collect())
}
