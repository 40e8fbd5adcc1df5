//! Missions of the same town that may offer the same help: the same to do, for the same public, in the same part of town, in
//! weeks that overlap, whatever the words. The system scores and says why; a person decides.
//!
//! What is done and for whom is read with lists of patterns and meanings (`lexicon`), each offer once (`profile`); two
//! profiles are measured against each other (`compare`), and the measures weighed by a model that learned from pairs that
//! people judged (`model`, `evaluate`). Nothing leaves the machine.

mod compare;
pub mod evaluate;
mod lexicon;
pub mod model;
mod profile;
mod text;
pub mod verdicts;

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, PoisonError, RwLock},
};

use domain::{
    actor::Locale,
    error::AppError,
    ids::MissionId,
    missions::{MissionContent, MissionStatus},
    paris,
    reviews::{LikelyDuplicate, Reason},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, Func, SelectStatement},
};
use uuid::Uuid;

use self::{
    compare::{Likeness, Nearness, Neighbours, compare, meet},
    model::SHIPPED,
    profile::{Offer, Profile},
    verdicts::{Verdicts, own},
};
use crate::{
    backend::Backend,
    entity::{mission, mission_version, neighbourhood, organisation},
    error::{Result, told},
    missions::{queries, reference},
};

/// From this score on a mission is listed.
const LISTED: f32 = 0.2;
/// At most so many are listed.
const MOST: usize = 5;
/// More profiles than these are not kept: half of them are forgotten.
const KEPT: usize = 200_000;
/// How many contents are read at once.
const CHUNK: usize = 500;

/// The hash of a content, and that of the names of its town's parts.
type Read = (String, u64);

/// Profiles that were worked out, by the hash of the content and the names of the town's parts. Rebuilt from the database.
#[derive(Debug, Clone, Default)]
pub struct Profiles(Arc<RwLock<HashMap<Read, Arc<Profile>>>>);

impl Profiles {
    fn get(&self, hash: &str, parts: u64) -> Option<Arc<Profile>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&(hash.to_owned(), parts)).cloned()
    }

    fn put(&self, hash: String, parts: u64, profile: Arc<Profile>) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            let mut keep = false;
            kept.retain(|_, _| {
                keep = !keep;
                keep
            });
        }
        kept.insert((hash, parts), profile);
    }
}

/// A town's parts and the publics' names: what a content says by id or code.
struct Names {
    parts: Vec<neighbourhood::Model>,
    part_names: Vec<String>,
    hash: u64,
    publics: HashMap<String, String>,
}

impl Names {
    async fn of(db: &impl ConnectionTrait, town: Uuid) -> Result<Self> {
        let parts =
            neighbourhood::Entity::find().filter(neighbourhood::Column::MunicipalityId.eq(town)).all(db).await?;
        let part_names: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
        let mut hasher = DefaultHasher::new();
        part_names.hash(&mut hasher);
        let publics = reference::beneficiaries(db, Locale::Fr).await?;
        let publics = publics.into_iter().map(|term| (term.code, term.label)).collect();
        Ok(Self { parts, part_names, hash: hasher.finish(), publics })
    }

    fn profile(&self, content: &MissionContent) -> Profile {
        let part = content.neighbourhood.and_then(|id| self.parts.iter().find(|part| part.id == id));
        let publics = content.beneficiaries.iter().filter_map(|code| self.publics.get(code).map(String::as_str));
        let first = content.slots.iter().map(|slot| slot.starts_at).min();
        let last = content.slots.iter().map(|slot| slot.ends_at).max();
        let offer = Offer {
            title: content.title.clone(),
            goal: content.goal.clone(),
            description: content.description.clone(),
            place: content.address.clone(),
            beneficiaries: publics.collect::<Vec<_>>().join(", "),
            part: part.map(|part| part.name.clone()).unwrap_or_default(),
            remote: content.remote,
            days: first.zip(last).map(|(from, to)| (paris::date(from), paris::date(to))),
        };
        Profile::of(&offer, &self.part_names)
    }
}

/// What is read of a version before its content.
#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "mission_version::Entity")]
struct Version {
    id: Uuid,
    mission_id: Uuid,
    content_hash: String,
}

/// The likely duplicates of a mission in its town, best first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn likely(
    backend: &Backend,
    mission: &mission::Model,
    (content, hash): (&MissionContent, &str),
) -> Result<Vec<LikelyDuplicate>> {
    let db = backend.store.read();
    let names = Names::of(db, mission.municipality_id).await?;
    let asked = names.profile(content);
    let others = profiles(backend, &names, mission).await?;
    let own = own(db, mission).await?;
    let near = Neighbours::of(others.iter().map(|other| other.profile.as_ref()).chain([&asked]));
    let mut found: Vec<(Likeness, &Other)> = others
        .iter()
        .filter(|other| meet(&asked, &other.profile))
        .map(|other| (compare(&asked, &other.profile, own.contains(&other.mission), &near, &SHIPPED), other))
        .filter(|(likeness, _)| likeness.score >= LISTED)
        .collect();
    found.sort_by(|(one, id), (other, than)| other.score.total_cmp(&one.score).then(id.mission.cmp(&than.mission)));
    let verdicts = verdicts::of(db, mission.id, hash).await?;
    let is_dismissed = |other: &Other| verdicts.of(other.mission, &other.hash).is_some();
    let (dismissed, mut listed): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, other)| is_dismissed(other));
    listed.truncate(MOST);
    listed.extend(dismissed.into_iter().take(MOST));
    shown(db, listed, asked.remote, &verdicts).await
}

/// How alike a mission is to one other of its town, whatever the score.
///
/// # Errors
/// `NotFound` when the other is not a live mission of the town; when the database cannot be reached.
pub async fn likeness(
    backend: &Backend,
    mission: &mission::Model,
    (content, hash): (&MissionContent, &str),
    other: MissionId,
) -> Result<LikelyDuplicate> {
    let db = backend.store.read();
    let names = Names::of(db, mission.municipality_id).await?;
    let asked = names.profile(content);
    let others = profiles(backend, &names, mission).await?;
    let own = own(db, mission).await?;
    let near = Neighbours::of(others.iter().map(|other| other.profile.as_ref()).chain([&asked]));
    let found = others.iter().find(|one| one.mission == other.0).ok_or_else(|| told(AppError::NotFound))?;
    let verdicts = verdicts::of(db, mission.id, hash).await?;
    let alone = vec![(compare(&asked, &found.profile, own.contains(&found.mission), &near, &SHIPPED), found)];
    shown(db, alone, asked.remote, &verdicts).await?.pop().ok_or_else(|| told(AppError::NotFound))
}

/// Another live mission of the town.
struct Other {
    mission: Uuid,
    /// The hash of the content that speaks for it.
    hash: String,
    profile: Arc<Profile>,
}

/// The other live missions of the town.
async fn profiles(backend: &Backend, names: &Names, mission: &mission::Model) -> Result<Vec<Other>> {
    let db = backend.store.read();
    let versions: Vec<Version> = mission_version::Entity::find()
        .filter(mission_version::Column::Id.in_subquery(live(mission.municipality_id)))
        .filter(mission_version::Column::MissionId.ne(mission.id))
        .into_partial_model()
        .all(db)
        .await?;
    let (mut found, mut unknown) = (Vec::with_capacity(versions.len()), Vec::new());
    for version in versions {
        match backend.profiles.get(&version.content_hash, names.hash) {
            Some(profile) => {
                found.push(Other { mission: version.mission_id, hash: version.content_hash, profile });
            }
            None => unknown.push(version.id),
        }
    }
    for ids in unknown.chunks(CHUNK) {
        let rows = mission_version::Entity::find().filter(mission_version::Column::Id.is_in(ids.to_vec()));
        for row in rows.all(db).await? {
            let profile = Arc::new(names.profile(&queries::content(&row)?));
            backend.profiles.put(row.content_hash.clone(), names.hash, Arc::clone(&profile));
            found.push(Other { mission: row.mission_id, hash: row.content_hash, profile });
        }
    }
    Ok(found)
}

/// The versions that speak for a town's live missions: what is online, or what waits.
fn live(town: Uuid) -> SelectStatement {
    let live = [MissionStatus::Submitted, MissionStatus::Published, MissionStatus::ChangesRequested];
    mission::Entity::find()
        .select_only()
        .expr(Func::coalesce([
            Expr::col(mission::Column::PublishedVersionId),
            Expr::col(mission::Column::WorkingVersionId),
        ]))
        .filter(mission::Column::MunicipalityId.eq(town))
        .filter(mission::Column::Status.is_in(live.map(MissionStatus::as_str)))
        .into_query()
}
async fn shown(
    db: &impl ConnectionTrait,
    found: Vec<(Likeness, &Other)>,
    remote: bool,
    verdicts: &Verdicts,
) -> Result<Vec<LikelyDuplicate>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let missions =
        mission::Entity::find().filter(mission::Column::Id.is_in(found.iter().map(|(_, other)| other.mission)));
    let missions: HashMap<Uuid, mission::Model> =
        missions.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let ids: Vec<Uuid> = missions.values().map(|row| row.organisation_id).collect();
    let organisations = organisation::Entity::find().filter(organisation::Column::Id.is_in(ids)).all(db).await?;
    let names: HashMap<Uuid, String> = organisations.into_iter().map(|row| (row.id, row.name)).collect();
    Ok(found
        .into_iter()
        .filter_map(|(likeness, other)| Some((likeness, missions.get(&other.mission)?, &other.hash)))
        .map(|(likeness, other, hash)| LikelyDuplicate {
            id: MissionId(other.id),
            title: other.title.clone(),
            organisation: names.get(&other.organisation_id).cloned().unwrap_or_default(),
            slug: queries::status(other).is_public().then(|| other.slug.clone()),
            score: percent(likeness.score),
            reasons: reasons(&likeness, remote && other.remote),
            dismissed: verdicts.of(other.id, hash).cloned(),
        })
        .collect())
}

/// Why, the strongest first.
fn reasons(likeness: &Likeness, both_remote: bool) -> Vec<Reason> {
    /// From here on two offers are said to have it in common.
    const SAME: f32 = 0.5;
    let [_, words, help, _, _, actions, publics, ..] = likeness.measures;
    let mut reasons = Vec::new();
    if help >= SAME {
        reasons.push(Reason::SameHelp);
    } else if actions >= SAME {
        reasons.push(Reason::SameActs);
    }
    if publics >= SAME {
        reasons.push(Reason::SamePublic);
    }
    match likeness.nearness {
        Nearness::Same => reasons.push(Reason::SamePart),
        Nearness::Near => reasons.push(Reason::NextPart),
        Nearness::Anywhere if both_remote => reasons.push(Reason::BothRemote),
        Nearness::Anywhere | Nearness::Far => {}
    }
    reasons.push(Reason::DaysInCommon(likeness.days));
    reasons.push(Reason::Words(percent(words)));
    reasons
}

fn percent(share: f32) -> u32 {
    // A share is 0 to 1: the cast cannot lose anything.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100 after clamping")]
    let percent = (share.clamp(0.0, 1.0) * 100.0).round() as u32;
    percent
}
