//! The live missions of a town, each as a profile.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, PoisonError, RwLock},
};

use domain::{
    actor::Locale,
    error::AppError,
    missions::{MissionContent, MissionStatus, VersionStatus},
    paris,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    counts::Found,
    profile::{Offer, Profile},
};
use crate::{
    backend::Backend,
    entity::{mission, mission_version, neighbourhood},
    error::{Result, told},
    missions::{queries, reference},
};

/// More profiles of a town than these are not kept: half of them are forgotten.
const KEPT: usize = 100_000;
/// How many contents are read at once.
const CHUNK: usize = 500;

/// Profiles of a town, by the hash of the content.
type OfTown = HashMap<String, Arc<Profile>>;

/// Profiles that were worked out, by the hash of the names of the town's parts, then of the content. Rebuilt from the database.
#[derive(Debug, Clone, Default)]
pub struct Profiles {
    kept: Arc<RwLock<HashMap<u64, OfTown>>>,
    /// What was found with them.
    pub(super) found: Found,
}

impl Profiles {
    fn get(&self, hash: &str, parts: u64) -> Option<Arc<Profile>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).get(&parts)?.get(hash).cloned()
    }

    fn put(&self, hash: String, parts: u64, profile: Arc<Profile>) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let of_town = kept.entry(parts).or_default();
        if of_town.len() >= KEPT {
            let mut keep = false;
            of_town.retain(|_, _| {
                keep = !keep;
                keep
            });
        }
        of_town.insert(hash, profile);
    }
}

/// A town's parts and the publics' names: what a content says by id or code.
pub(super) struct Names {
    parts: Vec<neighbourhood::Model>,
    part_names: Vec<String>,
    pub(super) hash: u64,
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

/// What is read of a version before its content: its mission's id and organisation, its own id, the hash of its content.
type Version = (Uuid, Uuid, Uuid, String);

/// A live mission of a town.
#[derive(Debug, Clone)]
pub(super) struct Other {
    pub(super) mission: Uuid,
    pub(super) organisation: Uuid,
    /// The version that speaks for it.
    pub(super) version: Uuid,
    /// The hash of the content that speaks for it.
    pub(super) hash: String,
    pub(super) profile: Arc<Profile>,
}

/// The live missions of a town.
pub(super) async fn offers(backend: &Backend, names: &Names, town: Uuid) -> Result<Vec<Other>> {
    let db = backend.store.read();
    let (mut found, mut unknown) = (Vec::new(), HashMap::new());
    for (mission, organisation, version, hash) in live(db, town).await? {
        match backend.profiles.get(&hash, names.hash) {
            Some(profile) => found.push(Other { mission, organisation, version, hash, profile }),
            None => drop(unknown.insert(version, organisation)),
        }
    }
    let ids: Vec<Uuid> = unknown.keys().copied().collect();
    for ids in ids.chunks(CHUNK) {
        let rows = mission_version::Entity::find().filter(mission_version::Column::Id.is_in(ids.to_vec()));
        for row in rows.all(db).await? {
            let profile = Arc::new(names.profile(&queries::content(&row)?));
            backend.profiles.put(row.content_hash.clone(), names.hash, Arc::clone(&profile));
            let organisation = unknown.get(&row.id).copied().unwrap_or_default();
            found.push(Other {
                mission: row.mission_id,
                organisation,
                version: row.id,
                hash: row.content_hash,
                profile,
            });
        }
    }
    Ok(found)
}

/// The live missions of a mission's town but itself.
pub(super) async fn others(backend: &Backend, names: &Names, mission: &mission::Model) -> Result<Vec<Other>> {
    let mut others = offers(backend, names, mission.municipality_id).await?;
    others.retain(|other| other.mission != mission.id);
    Ok(others)
}

/// What may speak for a mission: what is online; where nothing ever was, what was sent. What is being written is its
/// organisation's alone.
fn speaks() -> Condition {
    let published = || Expr::col(mission::Column::PublishedVersionId.as_column_ref());
    let sent = Condition::all()
        .add(published().is_null())
        .add(mission_version::Column::Status.ne(VersionStatus::Draft.as_str()));
    Condition::any().add(published().eq(Expr::col(mission_version::Column::Id.as_column_ref()))).add(sent)
}

/// The version that speaks for a mission: what is online, or what was sent last.
///
/// # Errors
/// `NotFound` when nothing was ever sent; when the database cannot be reached.
pub(in crate::reviews) async fn speaks_for(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
) -> Result<mission_version::Model> {
    if let Some(id) = mission.published_version_id {
        return queries::version(db, id).await;
    }
    mission_version::Entity::find()
        .filter(mission_version::Column::MissionId.eq(mission.id))
        .filter(mission_version::Column::Status.ne(VersionStatus::Draft.as_str()))
        .order_by_desc(mission_version::Column::Number)
        .one(db)
        .await?
        .ok_or_else(|| told(AppError::NotFound))
}

/// The versions that speak for a town's live missions: what is online, or what was sent last. One question for all of them,
/// for a town has thousands.
async fn live(db: &impl ConnectionTrait, town: Uuid) -> Result<Vec<Version>> {
    let live = [MissionStatus::Submitted, MissionStatus::Published, MissionStatus::ChangesRequested];
    let of_version = mission::Entity::belongs_to(mission_version::Entity)
        .from(mission::Column::Id)
        .to(mission_version::Column::MissionId)
        .into();
    let mut rows: Vec<Version> = mission::Entity::find()
        .select_only()
        .columns([mission::Column::Id, mission::Column::OrganisationId])
        .columns([mission_version::Column::Id])
        .columns([mission_version::Column::ContentHash])
        .join(JoinType::InnerJoin, of_version)
        .filter(mission::Column::MunicipalityId.eq(town))
        .filter(mission::Column::Status.is_in(live.map(MissionStatus::as_str)))
        .filter(speaks())
        .order_by_asc(mission::Column::Id)
        .order_by_desc(mission_version::Column::Number)
        .into_tuple()
        .all(db)
        .await?;
    // Of several that were sent, the last.
    rows.dedup_by_key(|row| row.0);
    Ok(rows)
}
