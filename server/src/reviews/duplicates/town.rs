//! The live missions of a town, each as a profile, and those of them that come nearest to one.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, PoisonError, RwLock},
};

use domain::{
    actor::Locale,
    missions::{MissionContent, MissionStatus},
    paris,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, Func, SelectStatement},
};
use uuid::Uuid;

use super::{
    compare::{Likeness, Neighbours, Placed, compare, meet},
    model::SHIPPED,
    profile::{Offer, Profile},
    siblings::are_siblings,
};
use crate::{
    backend::Backend,
    entity::{mission, mission_version, neighbourhood},
    error::Result,
    missions::{queries, reference},
};

/// More profiles than these are not kept: half of them are forgotten.
const KEPT: usize = 200_000;
/// How many contents are read at once.
const CHUNK: usize = 500;
/// So many of the nearest are compared once more, with their siblings.
const NEAREST: usize = 30;
/// So many siblings of an offer are looked at.
const SIBLINGS: usize = 20;

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
pub(super) struct Names {
    parts: Vec<neighbourhood::Model>,
    part_names: Vec<String>,
    hash: u64,
    publics: HashMap<String, String>,
}

impl Names {
    pub(super) async fn of(db: &impl ConnectionTrait, town: Uuid) -> Result<Self> {
        let parts =
            neighbourhood::Entity::find().filter(neighbourhood::Column::MunicipalityId.eq(town)).all(db).await?;
        let part_names: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
        let mut hasher = DefaultHasher::new();
        part_names.hash(&mut hasher);
        let publics = reference::beneficiaries(db, Locale::Fr).await?;
        let publics = publics.into_iter().map(|term| (term.code, term.label)).collect();
        Ok(Self { parts, part_names, hash: hasher.finish(), publics })
    }

    pub(super) fn profile(&self, content: &MissionContent) -> Profile {
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

/// Another live mission of the town.
pub(super) struct Other {
    pub(super) mission: Uuid,
    organisation: Uuid,
    /// The hash of the content that speaks for it.
    pub(super) hash: String,
    pub(super) profile: Arc<Profile>,
}

/// The other live missions of the town.
pub(super) async fn others(backend: &Backend, names: &Names, mission: &mission::Model) -> Result<Vec<Other>> {
    let db = backend.store.read();
    let versions: Vec<Version> = mission_version::Entity::find()
        .filter(mission_version::Column::Id.in_subquery(live(mission.municipality_id)))
        .filter(mission_version::Column::MissionId.ne(mission.id))
        .into_partial_model()
        .all(db)
        .await?;
    let organisations = organisations(db, mission.municipality_id).await?;
    let other = |mission: Uuid, hash: String, profile: Arc<Profile>| Other {
        mission,
        organisation: organisations.get(&mission).copied().unwrap_or_default(),
        hash,
        profile,
    };
    let (mut found, mut unknown) = (Vec::with_capacity(versions.len()), Vec::new());
    for version in versions {
        match backend.profiles.get(&version.content_hash, names.hash) {
            Some(profile) => found.push(other(version.mission_id, version.content_hash, profile)),
            None => unknown.push(version.id),
        }
    }
    for ids in unknown.chunks(CHUNK) {
        let rows = mission_version::Entity::find().filter(mission_version::Column::Id.is_in(ids.to_vec()));
        for row in rows.all(db).await? {
            let profile = Arc::new(names.profile(&queries::content(&row)?));
            backend.profiles.put(row.content_hash.clone(), names.hash, Arc::clone(&profile));
            found.push(other(row.mission_id, row.content_hash, profile));
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

/// The organisations of a town's live missions, by mission.
async fn organisations(db: &impl ConnectionTrait, town: Uuid) -> Result<HashMap<Uuid, Uuid>> {
    let live = [MissionStatus::Submitted, MissionStatus::Published, MissionStatus::ChangesRequested];
    let rows = mission::Entity::find()
        .filter(mission::Column::MunicipalityId.eq(town))
        .filter(mission::Column::Status.is_in(live.map(MissionStatus::as_str)))
        .select_only()
        .columns([mission::Column::Id, mission::Column::OrganisationId])
        .into_tuple::<(Uuid, Uuid)>()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Those of the others that come nearest to an offer of this organisation, best first; and `also`, wherever it comes.
pub(super) fn nearest<'a>(
    asked: &Profile,
    organisation: Uuid,
    others: &'a [Other],
    also: Option<Uuid>,
) -> Vec<(Likeness, &'a Other)> {
    let near = Neighbours::of(others.iter().map(|other| other.profile.as_ref()).chain([asked]));
    let alone = |profile| Placed { profile, siblings: &[] };
    let mut found: Vec<(f32, &Other)> = others
        .iter()
        .filter(|other| meet(asked, &other.profile) || also == Some(other.mission))
        .map(|other| {
            let together = other.organisation == organisation;
            (compare(alone(asked), alone(&other.profile), together, &near, &SHIPPED).score, other)
        })
        .collect();
    found.sort_by(|one, other| {
        let wanted = |of: &Other| also == Some(of.mission);
        let score = other.0.total_cmp(&one.0).then(one.1.mission.cmp(&other.1.mission));
        wanted(other.1).cmp(&wanted(one.1)).then(score)
    });
    found.truncate(NEAREST);
    let mut of_organisation: HashMap<Uuid, Vec<&Other>> = HashMap::new();
    for other in others {
        of_organisation.entry(other.organisation).or_default().push(other);
    }
    let siblings = |profile: &Profile, of: Uuid| -> Vec<&'a Profile> {
        let own = of_organisation.get(&of).into_iter().flatten().map(|other| (true, *other));
        let copies = found.iter().map(|(_, other)| *other).filter(|other| other.organisation != of);
        own.chain(copies.map(|other| (false, other)))
            .map(|(together, other)| (together, other.profile.as_ref()))
            .filter(|(_, other)| !std::ptr::eq(*other, profile))
            .filter(|(together, other)| are_siblings(profile, other, *together, &near))
            .map(|(_, other)| other)
            .take(SIBLINGS)
            .collect()
    };
    let of_asked = siblings(asked, organisation);
    let one = Placed { profile: asked, siblings: &of_asked };
    let mut found: Vec<(Likeness, &Other)> = found
        .iter()
        .map(|(_, other)| {
            let of_other = siblings(&other.profile, other.organisation);
            let placed = Placed { profile: &other.profile, siblings: &of_other };
            (compare(one, placed, other.organisation == organisation, &near, &SHIPPED), *other)
        })
        .collect();
    found.sort_by(|(one, id), (other, than)| other.score.total_cmp(&one.score).then(id.mission.cmp(&than.mission)));
    found
}
