//! What may be suggested to whoever asks: the missions of the towns within their reach in one question, their slots in another.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::{Actor, Locale},
    crisis::InForce,
    ids::{AccountId, MissionId, MunicipalityId, NeighbourhoodId, SlotId},
    missions::{MissionStatus, SlotKind},
    paris,
    profiles::{Language, Means, Profile},
    suggestions::{
        Candidate, Home, OpenSlot, Person, Reason, Suggested, SuggestionsPage, SuggestionsState, distance_km, suggest,
    },
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{CaseStatement, Expr, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    applications::queries::engaged,
    backend::Backend,
    communes::Communes,
    cover::queries as cover,
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
/// How many are ranked at most, near ones before far ones: far more than the towns within a day's reach have online.
const RANKED: u64 = 4000;
/// Slots that begin later suggest nothing yet: a year of weekly slots would be most of what is read.
const AHEAD: TimeDelta = TimeDelta::days(90);
/// Missions a statement asks the slots of.
const CHUNK: usize = 1000;

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
pub fn position(town: &municipality::Model) -> Option<(f64, f64)> {
    town.latitude.zip(town.longitude).or_else(|| of_commune(&town.insee))
}

fn of_commune(insee: &str) -> Option<(f64, f64)> {
    let commune = Communes::embedded().by_insee(insee)?;
    commune.latitude().zip(commune.longitude())
}

/// Where somebody of a commune starts from.
pub fn home(insee: Option<&str>, towns: &HashMap<Uuid, municipality::Model>) -> Home {
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
    let spoken_of = Spoken::of(profile);
    let rows = within_reach(db, &person, account, &towns, now).await?;
    // The words of a text are read only where somebody said what they have or speak.
    let texts = if spoken_of.is_nothing() { HashMap::new() } else { texts(db, &rows).await? };
    let slots = open_slots(db, rows.iter().map(|row| row.id).collect(), now).await?;
    let skills = profiles::skills(db).await?;
    let switched_on: Vec<_> =
        crisis::queries::switched_on(db, now).await?.iter().map(crisis::queries::measures).collect();
    let measures: HashMap<Uuid, InForce> =
        towns.keys().map(|id| (*id, InForce::of(MunicipalityId(*id), switched_on.iter().cloned()))).collect();
    let candidates: Vec<Candidate<'_>> = rows
        .iter()
        .filter_map(|row| {
            let town = towns.get(&row.municipality_id)?;
            let mut candidate = candidate(row, town, measures.get(&town.id)?);
            candidate.slots = slots.get(&row.id).cloned().unwrap_or_default();
            candidate.skills = serving(&skills, candidate.domain);
            let text = texts.get(&row.id).map(String::as_str).unwrap_or_default();
            (candidate.means, candidate.languages) = spoken_of.in_text(text);
            Some(candidate)
        })
        .collect();
    let best = suggest(&person, &candidates, now, SUGGESTED);
    let chosen = mission::Entity::find().filter(mission::Column::Id.is_in(best.iter().map(|(id, _)| id.0)));
    let mut chosen = chosen.all(db).await?;
    chosen.sort_by_key(|row| best.iter().position(|(id, _)| id.0 == row.id));
    let mut reasons: HashMap<MissionId, Vec<Reason>> = best.into_iter().collect();
    let asked = cover::asked_of(db, account, now).await?;
    let suggested = |card: domain::missions::MissionCard| {
        let reasons = reasons.remove(&card.id)?.into_iter().map(|one| named(one, &skills, actor.locale)).collect();
        Some(Suggested { asked: asked.contains(&card.id.0), mission: card, reasons })
    };
    Ok(missions::cards(db, actor.locale, chosen, now).await?.into_iter().filter_map(suggested).collect())
}

/// A reason with the name of its skill, in a person's language.
pub fn named(reason: Reason, skills: &[skill::Model], locale: Locale) -> Reason {
    match reason {
        Reason::Skill(code) => {
            let skill = skills.iter().find(|row| row.code == code);
            Reason::Skill(skill.map(|row| profiles::term(row, locale).label).unwrap_or_default())
        }
        reason => reason,
    }
}

/// A mission as far as it is ranked: its texts are read once it is chosen.
#[derive(Debug, FromQueryResult)]
pub struct Row {
    id: Uuid,
    municipality_id: Uuid,
    neighbourhood_id: Option<Uuid>,
    domain_code: Option<String>,
    remote: bool,
    open_to_minors: bool,
}

impl From<&mission::Model> for Row {
    fn from(mission: &mission::Model) -> Self {
        Self {
            id: mission.id,
            municipality_id: mission.municipality_id,
            neighbourhood_id: mission.neighbourhood_id,
            domain_code: mission.domain_code.clone(),
            remote: mission.remote,
            open_to_minors: mission.open_to_minors,
        }
    }
}

/// Missions that the public finds and can apply to, from home or in a town within reach, to which this person has not applied: all of them, up
/// to far more than there are; beyond that, the nearest towns come first.
async fn within_reach(
    db: &impl ConnectionTrait,
    person: &Person<'_>,
    account: AccountId,
    towns: &HashMap<Uuid, municipality::Model>,
    now: DateTime<Utc>,
) -> Result<Vec<Row>> {
    let near = near(person, towns);
    let mut there = Condition::any().add(mission::Column::Remote.eq(true));
    if person.home.position.is_none() && person.home.town.is_none() {
        // Whoever did not say where they live is told of all.
        there = Condition::all();
    } else {
        there = there.add(mission::Column::MunicipalityId.is_in(near.iter().copied()));
    }
    let applied = application::Entity::find()
        .select_only()
        .column(application::Column::MissionId)
        .filter(application::Column::VolunteerId.eq(account.0))
        .into_query();
    let opens_on = mission::Column::OpensOn;
    let opened = Condition::any().add(opens_on.is_null()).add(opens_on.lte(paris::date(now)));
    Ok(filters::public(now)
        .select_only()
        .columns([
            mission::Column::Id,
            mission::Column::MunicipalityId,
            mission::Column::NeighbourhoodId,
            mission::Column::DomainCode,
            mission::Column::Remote,
            mission::Column::OpenToMinors,
        ])
        .filter(there)
        .filter(opened)
        .filter(mission::Column::Id.not_in_subquery(applied))
        .filter(
            mission::Column::Id.in_subquery(filters::with_slot(filters::slots_after(now).add(filters::has_place()))),
        )
        .order_by_asc(how_near(&near))
        .order_by_asc(mission::Column::EndsAt)
        .order_by_asc(mission::Column::Id)
        .limit(RANKED)
        .into_model()
        .all(db)
        .await?)
}

/// The towns within reach, one's own first, then by their distance.
fn near(person: &Person<'_>, towns: &HashMap<Uuid, municipality::Model>) -> Vec<Uuid> {
    let mut near: Vec<(f64, Uuid)> = towns
        .values()
        .filter_map(|town| {
            if person.home.town == Some(MunicipalityId(town.id)) {
                return Some((-1.0, town.id));
            }
            let km = distance_km(person.home.position?, position(town)?);
            (km <= f64::from(person.reach_km())).then_some((km, town.id))
        })
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.into_iter().map(|(_, town)| town).collect()
}

/// The place of a mission's town among those within reach; after them what is done from home in another.
fn how_near(near: &[Uuid]) -> SimpleExpr {
    let mut place = CaseStatement::new();
    for (index, town) in near.iter().enumerate() {
        place = place.case(mission::Column::MunicipalityId.eq(*town), i32::try_from(index).unwrap_or(i32::MAX));
    }
    if near.is_empty() { Expr::value(0) } else { place.finally(i32::MAX).into() }
}

/// The stems of some missions' texts.
async fn texts(db: &impl ConnectionTrait, rows: &[Row]) -> Result<HashMap<Uuid, String>> {
    let mut texts = HashMap::new();
    for chunk in rows.chunks(CHUNK) {
        let some: Vec<(Uuid, String)> = mission::Entity::find()
            .select_only()
            .columns([mission::Column::Id, mission::Column::SearchText])
            .filter(mission::Column::Id.is_in(chunk.iter().map(|row| row.id)))
            .into_tuple()
            .all(db)
            .await?;
        texts.extend(some);
    }
    Ok(texts)
}

/// What is read of a slot: its id and its mission's, its kind, from when until when, places and those that are taken.
type SlotRow = (Uuid, Uuid, String, DateTime<Utc>, DateTime<Utc>, i32, i32);

async fn open_slots(
    db: &impl ConnectionTrait,
    missions: Vec<Uuid>,
    now: DateTime<Utc>,
) -> Result<HashMap<Uuid, Vec<OpenSlot>>> {
    let mut found: HashMap<Uuid, Vec<OpenSlot>> = HashMap::new();
    for chunk in missions.chunks(CHUNK) {
        use slot::Column::{EndsAt, Id, Kind, MissionId as Of, Places, StartsAt, Taken};
        let rows: Vec<SlotRow> = slot::Entity::find()
            .select_only()
            .columns([Id, Of, Kind, StartsAt, EndsAt, Places, Taken])
            .filter(Of.is_in(chunk.iter().copied()))
            .filter(filters::slots_after(now).add(filters::has_place()))
            .filter(StartsAt.lt(now + AHEAD))
            .into_tuple()
            .all(db)
            .await?;
        for (id, of, kind, starts_at, ends_at, places, taken) in rows {
            found.entry(of).or_default().push(OpenSlot {
                id: SlotId(id),
                kind: SlotKind::parse(&kind).unwrap_or(SlotKind::Dated),
                span: (starts_at, ends_at),
                left: u32::try_from(places - taken).unwrap_or_default(),
            });
        }
    }
    Ok(found)
}

/// A mission as the rules know it, without its slots and what its text speaks of.
pub fn candidate<'a>(row: &'a Row, town: &municipality::Model, measures: &'a InForce) -> Candidate<'a> {
    Candidate {
        id: MissionId(row.id),
        status: MissionStatus::Published,
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
pub fn serving<'a>(skills: &'a [skill::Model], domain: &str) -> Vec<&'a str> {
    let serves = |row: &&skill::Model| row.domains.split_whitespace().any(|code| code == domain);
    skills.iter().filter(serves).map(|row| row.code.as_str()).collect()
}

/// The stems by which a mission's text speaks of what somebody has or speaks.
#[derive(Debug)]
pub struct Spoken {
    means: Vec<(Means, HashSet<String>)>,
    languages: Vec<(Language, HashSet<String>)>,
}

impl Spoken {
    /// Of what one person has and speaks.
    pub fn of(profile: &Profile) -> Self {
        let stems = |words: &[&str]| words.iter().flat_map(|word| index::stems(word)).collect();
        Self {
            means: profile.means.iter().map(|one| (*one, stems(one.words()))).collect(),
            languages: profile.languages.iter().map(|one| (*one, stems(one.words()))).collect(),
        }
    }

    /// Whether there is nothing to look for.
    fn is_nothing(&self) -> bool {
        self.means.is_empty() && self.languages.is_empty()
    }

    /// What of it a text speaks of, by its stems.
    pub fn in_text(&self, stems: &str) -> (Vec<Means>, Vec<Language>) {
        let text: HashSet<&str> = stems.split(' ').collect();
        let speaks = |words: &HashSet<String>| words.iter().any(|word| text.contains(word.as_str()));
        let means = self.means.iter().filter(|(_, words)| speaks(words)).map(|(one, _)| *one);
        let languages = self.languages.iter().filter(|(_, words)| speaks(words)).map(|(one, _)| *one);
        (means.collect(), languages.collect())
    }
}
