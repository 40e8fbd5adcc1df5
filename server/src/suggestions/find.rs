//! What may be suggested to whoever asks: the missions of the towns within their reach in one question, their slots in another.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    crisis::InForce,
    ids::{AccountId, MissionId, MunicipalityId, NeighbourhoodId, SlotId},
    missions::SlotKind,
    profiles::{Language, Means, Profile},
    suggestions::{
        Candidate, Home, OpenSlot, Person, Reason, Suggested, SuggestionsPage, SuggestionsState, distance_km, suggest,
    },
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::{
    applications::queries::engaged,
    backend::Backend,
    communes::Communes,
    crisis,
    entity::{application, mission, municipality, skill, slot, volunteer},
    error::{Result, told},
    missions::{index, queries as missions},
    network,
    profiles::queries as profiles,
    search::filters,
};

/// How many missions are suggested at most.
const SUGGESTED: usize = 12;
/// How many are looked at, those that begin first before the others: far more than a town has online.
const LOOKED_AT: u64 = 600;

/// The page. Without a profile, or with suggestions turned off, nothing more is asked of the database.
pub async fn page(backend: &Backend, actor: &Actor) -> Result<SuggestionsPage> {
    let account = actor.signed_in().map_err(told)?;
    let db = backend.store.read();
    let known = match profiles::of(db, account).await? {
        Some(profile) => volunteer::Entity::find_by_id(account.0).one(db).await?.map(|row| (row, profile)),
        None => None,
    };
    let nothing = |state| SuggestionsPage { state, missions: Vec::new() };
    match known {
        None => Ok(nothing(SuggestionsState::NoProfile)),
        Some((_, profile)) if !profile.suggestions => Ok(nothing(SuggestionsState::Off)),
        Some((row, profile)) => {
            let missions = found(backend, actor, (account, &row), &profile).await?;
            Ok(SuggestionsPage { state: SuggestionsState::On, missions })
        }
    }
}

/// Where a town is: as the network knows it, else as the table of communes does.
fn position(town: &municipality::Model) -> Option<(f64, f64)> {
    town.latitude.zip(town.longitude).or_else(|| of_commune(&town.insee))
}

fn of_commune(insee: &str) -> Option<(f64, f64)> {
    let commune = Communes::embedded().by_insee(insee)?;
    commune.latitude().zip(commune.longitude())
}

fn home(insee: Option<&str>, towns: &HashMap<Uuid, municipality::Model>) -> Home {
    let Some(insee) = insee else { return Home::default() };
    match towns.values().find(|town| town.insee == insee) {
        Some(town) => Home { town: Some(MunicipalityId(town.id)), position: position(town) },
        None => Home { town: None, position: of_commune(insee) },
    }
}

async fn found(
    backend: &Backend,
    actor: &Actor,
    (account, volunteer): (AccountId, &volunteer::Model),
    profile: &Profile,
) -> Result<Vec<Suggested>> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let towns: HashMap<Uuid, municipality::Model> =
        network::queries::all(db).await?.into_iter().map(|town| (town.id, town)).collect();
    let busy = engaged(db, account, None).await?;
    let home = home(volunteer.insee.as_deref(), &towns);
    let person = Person { birth: volunteer.birth_date, home, profile, busy: &busy };
    let rows = within_reach(db, &person, account, &towns, now).await?;
    let slots = open_slots(db, rows.iter().map(|row| row.id).collect(), now).await?;
    let skills = profiles::skills(db).await?;
    let switched_on: Vec<_> =
        crisis::queries::switched_on(db, now).await?.iter().map(crisis::queries::measures).collect();
    let measures: HashMap<Uuid, InForce> =
        towns.keys().map(|id| (*id, InForce::of(MunicipalityId(*id), switched_on.iter().cloned()))).collect();
    let spoken_of = Spoken::of(profile);
    let candidates: Vec<Candidate<'_>> = rows
        .iter()
        .filter_map(|row| {
            let town = towns.get(&row.municipality_id)?;
            let mut candidate = candidate(row, town, measures.get(&town.id)?);
            candidate.slots = slots.get(&row.id).cloned().unwrap_or_default();
            candidate.skills = serving(&skills, candidate.domain);
            (candidate.means, candidate.languages) = spoken_of.in_text(&row.search_text);
            Some(candidate)
        })
        .collect();
    let best = suggest(&person, &candidates, now, SUGGESTED);
    let chosen: Vec<mission::Model> =
        best.iter().filter_map(|(id, _)| rows.iter().find(|row| row.id == id.0).cloned()).collect();
    let mut reasons: HashMap<MissionId, Vec<Reason>> = best.into_iter().collect();
    let label = |reason| match reason {
        Reason::Skill(code) => {
            let skill = skills.iter().find(|row| row.code == code);
            Reason::Skill(skill.map(|row| profiles::term(row, actor.locale).label).unwrap_or_default())
        }
        reason => reason,
    };
    let suggested = |card: domain::missions::MissionCard| {
        let reasons = reasons.remove(&card.id)?.into_iter().map(label).collect();
        Some(Suggested { mission: card, reasons })
    };
    Ok(missions::cards(db, actor.locale, chosen, now).await?.into_iter().filter_map(suggested).collect())
}

/// Missions that the public finds, from home or in a town within reach, to which this person has not applied.
async fn within_reach(
    db: &impl ConnectionTrait,
    person: &Person<'_>,
    account: AccountId,
    towns: &HashMap<Uuid, municipality::Model>,
    now: DateTime<Utc>,
) -> Result<Vec<mission::Model>> {
    let mut there = Condition::any().add(mission::Column::Remote.eq(true));
    let near = |town: &&municipality::Model| {
        let km = person.home.position.zip(position(town)).map(|(home, there)| distance_km(home, there));
        person.home.town == Some(MunicipalityId(town.id)) || km.is_some_and(|km| km <= f64::from(person.reach_km()))
    };
    if person.home.position.is_none() && person.home.town.is_none() {
        // Whoever did not say where they live is told of all.
        there = Condition::all();
    } else {
        there = there.add(mission::Column::MunicipalityId.is_in(towns.values().filter(near).map(|town| town.id)));
    }
    let applied = application::Entity::find()
        .select_only()
        .column(application::Column::MissionId)
        .filter(application::Column::VolunteerId.eq(account.0))
        .into_query();
    Ok(filters::public(now)
        .filter(there)
        .filter(mission::Column::Id.not_in_subquery(applied))
        .filter(
            mission::Column::Id.in_subquery(filters::with_slot(filters::slots_after(now).add(filters::has_place()))),
        )
        .order_by_asc(filters::next_start(now))
        .order_by_asc(mission::Column::Id)
        .limit(LOOKED_AT)
        .all(db)
        .await?)
}

async fn open_slots(
    db: &impl ConnectionTrait,
    missions: Vec<Uuid>,
    now: DateTime<Utc>,
) -> Result<HashMap<Uuid, Vec<OpenSlot>>> {
    let mut found: HashMap<Uuid, Vec<OpenSlot>> = HashMap::new();
    if missions.is_empty() {
        return Ok(found);
    }
    let rows = slot::Entity::find()
        .filter(slot::Column::MissionId.is_in(missions))
        .filter(filters::slots_after(now).add(filters::has_place()))
        .all(db)
        .await?;
    for row in rows {
        found.entry(row.mission_id).or_default().push(OpenSlot {
            id: SlotId(row.id),
            kind: SlotKind::parse(&row.kind).unwrap_or(SlotKind::Dated),
            span: (row.starts_at, row.ends_at),
            left: u32::try_from(row.places - row.taken).unwrap_or_default(),
        });
    }
    Ok(found)
}

fn candidate<'a>(row: &'a mission::Model, town: &municipality::Model, measures: &'a InForce) -> Candidate<'a> {
    Candidate {
        id: MissionId(row.id),
        status: missions::status(row),
        domain: row.domain_code.as_deref().unwrap_or_default(),
        town: MunicipalityId(town.id),
        position: position(town),
        neighbourhood: row.neighbourhood_id.map(NeighbourhoodId),
        remote: row.remote,
        open_to_minors: row.open_to_minors,
        slots: Vec::new(),
        skills: Vec::new(),
        means: Vec::new(),
        languages: Vec::new(),
        measures,
    }
}

/// Codes of the skills that serve in a domain.
fn serving<'a>(skills: &'a [skill::Model], domain: &str) -> Vec<&'a str> {
    let serves = |row: &&skill::Model| row.domains.split_whitespace().any(|code| code == domain);
    skills.iter().filter(serves).map(|row| row.code.as_str()).collect()
}

/// The stems by which a mission's text speaks of what somebody has or speaks.
struct Spoken {
    means: Vec<(Means, HashSet<String>)>,
    languages: Vec<(Language, HashSet<String>)>,
}

impl Spoken {
    fn of(profile: &Profile) -> Self {
        let stems = |words: &[&str]| words.iter().flat_map(|word| index::stems(word)).collect();
        Self {
            means: profile.means.iter().map(|one| (*one, stems(one.words()))).collect(),
            languages: profile.languages.iter().map(|one| (*one, stems(one.words()))).collect(),
        }
    }

    fn in_text(&self, stems: &str) -> (Vec<Means>, Vec<Language>) {
        let text: HashSet<&str> = stems.split(' ').collect();
        let speaks = |words: &HashSet<String>| words.iter().any(|word| text.contains(word.as_str()));
        let means = self.means.iter().filter(|(_, words)| speaks(words)).map(|(one, _)| *one);
        let languages = self.languages.iter().filter(|(_, words)| speaks(words)).map(|(one, _)| *one);
        (means.collect(), languages.collect())
    }
}
