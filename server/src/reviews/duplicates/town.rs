//! The live missions of a town, each as a profile.

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

use super::profile::{Offer, Profile};
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
    pub(super) organisation: Uuid,
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
