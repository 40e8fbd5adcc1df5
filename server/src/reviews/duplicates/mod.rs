//! Missions of the same town that may offer the same help: the same to do, for the same public, in the same part of town, in
//! weeks that overlap, whatever the words. The system scores and says why; a person decides.
//!
//! What is done and for whom is read with lists of patterns and meanings (`lexicon`), each offer once (`profile`); two
//! profiles are measured against each other (`compare`), against what differs from them in one thing (`siblings`) and, once
//! more, among all that they are near to (`nearest`, `company`). The measures are weighed by a model that learned from pairs
//! that people judged (`model`, `judgements`, `evaluate`). Nothing leaves the machine.

mod company;
mod compare;
pub mod counts;
mod denials;
pub mod evaluate;
pub mod judgements;
mod lexicon;
pub mod model;
mod nearest;
mod profile;
mod publics;
mod role;
mod siblings;
mod text;
mod town;
pub mod verdicts;

use std::collections::HashMap;

use domain::{
    error::AppError,
    ids::MissionId,
    missions::MissionContent,
    reviews::{LikelyDuplicate, Reason},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

pub use self::town::Profiles;
pub(super) use self::town::speaks_for;
use self::{
    compare::{Likeness, Nearness},
    nearest::nearest,
    profile::Profile,
    town::{Names, Other, others},
    verdicts::Verdicts,
};
use crate::{
    backend::Backend,
    entity::{mission, mission_version, organisation},
    error::{Result, told},
    missions::queries,
};

/// From this score on a mission is listed whose help is alike.
const LISTED: f32 = 0.5;
/// And from this one on where nothing tells that it is: few lists know a joke.
const UNTOLD: f32 = 0.8;
/// At most so many are listed.
const MOST: usize = 5;

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
    let others = others(backend, &names, mission).await?;
    let mut found = compared(names.profile(content), mission.organisation_id, others, None).await?;
    found.retain(|(likeness, _)| is_listed(likeness));
    let verdicts = verdicts::of(db, mission.id, hash).await?;
    let is_dismissed = |other: &Other| verdicts.of(other.mission, &other.hash).is_some();
    let (dismissed, mut listed): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, other)| is_dismissed(other));
    listed.truncate(MOST);
    listed.extend(dismissed.into_iter().take(MOST));
    shown(db, listed, content.remote, &verdicts).await
}

/// The nearest, worked out beside what answers people: a large town takes a tenth of a second.
async fn compared(
    asked: Profile,
    organisation: Uuid,
    others: Vec<Other>,
    also: Option<Uuid>,
) -> Result<Vec<(Likeness, Other)>> {
    let work = move || {
        let found = nearest(&asked, organisation, &others, also);
        found.into_iter().map(|(likeness, other)| (likeness, other.clone())).collect()
    };
    Ok(tokio::task::spawn_blocking(work).await?)
}

fn is_listed(likeness: &Likeness) -> bool {
    likeness.score() >= if helps_alike(likeness) { LISTED } else { UNTOLD }
}

fn helps_alike(likeness: &Likeness) -> bool {
    /// From here on they have something to do in common.
    const ALIKE: f32 = 0.3;
    let [_, scenes, ..] = likeness.measures;
    likeness.help.max(scenes) >= ALIKE
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
    let others = others(backend, &names, mission).await?;
    let found = compared(names.profile(content), mission.organisation_id, others, Some(other.0)).await?;
    let alone: Vec<_> = found.into_iter().filter(|(_, one)| one.mission == other.0).collect();
    let verdicts = verdicts::of(db, mission.id, hash).await?;
    shown(db, alone, content.remote, &verdicts).await?.pop().ok_or_else(|| told(AppError::NotFound))
}

async fn shown(
    db: &impl ConnectionTrait,
    found: Vec<(Likeness, Other)>,
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
    let titles = titles(db, &found).await?;
    Ok(found
        .into_iter()
        .filter_map(|(likeness, other)| Some((likeness, missions.get(&other.mission)?, other)))
        .map(|(likeness, other, spoken)| LikelyDuplicate {
            id: MissionId(other.id),
            title: titles.get(&spoken.version).cloned().unwrap_or_default(),
            organisation: names.get(&other.organisation_id).cloned().unwrap_or_default(),
            slug: queries::status(other).is_public().then(|| other.slug.clone()),
            score: percent(likeness.score()),
            reasons: reasons(&likeness, remote && spoken.profile.remote),
            dismissed: verdicts.of(other.id, &spoken.hash).cloned(),
        })
        .collect())
}

/// The titles of what speaks for some missions, by version: the mission's own is that of what is being written.
async fn titles(db: &impl ConnectionTrait, found: &[(Likeness, Other)]) -> Result<HashMap<Uuid, String>> {
    let ids = found.iter().map(|(_, other)| other.version);
    let versions = mission_version::Entity::find().filter(mission_version::Column::Id.is_in(ids)).all(db).await?;
    versions.iter().map(|row| Ok((row.id, queries::content(row)?.title))).collect()
}

/// Why, the strongest first.
fn reasons(likeness: &Likeness, both_remote: bool) -> Vec<Reason> {
    /// From here on two offers are said to have it in common.
    const SAME: f32 = 0.5;
    let [_, scenes, _, actions, publics, ..] = likeness.measures;
    let mut reasons = Vec::new();
    if likeness.help.max(scenes) >= SAME {
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
    reasons.push(Reason::Words(percent(likeness.words)));
    reasons
}

fn percent(share: f32) -> u32 {
    // A share is 0 to 1: the cast cannot lose anything.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100 after clamping")]
    let percent = (share.clamp(0.0, 1.0) * 100.0).round() as u32;
    percent
}
