//! How many likely duplicates the missions of a queue have: what was found is kept until anything changes in the town, for a
//! queue has many lines and a large town takes some hundredths of a second for each.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use domain::{ids::MunicipalityId, missions::MissionContent};
use uuid::Uuid;

use super::{
    MOST, is_listed,
    nearest::nearest,
    town::{Names, Other, offers},
    verdicts::{self, Hashed},
};
use crate::{backend::Backend, entity::mission, error::Result};

/// More missions than these are not kept.
const KEPT: usize = 20_000;
/// A queue is worked on so long for what is not known yet; the rest is left to the next look, so that nobody's look costs a
/// processor for minutes.
const PATIENCE: Duration = Duration::from_millis(500);

/// What a mission was compared with: the town's live missions as they were.
type Stamp = u64;

/// The likely duplicates of missions, by the mission; forgotten when the program ends.
#[derive(Debug, Clone, Default)]
pub(super) struct Found(Arc<RwLock<HashMap<Uuid, Likely>>>);

#[derive(Debug)]
struct Likely {
    stamp: Stamp,
    hash: String,
    others: Vec<Hashed>,
}

impl Found {
    fn get(&self, stamp: Stamp, sought: &Sought<'_>) -> Option<Vec<Hashed>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let likely = kept.get(&sought.mission.id)?;
        (likely.stamp == stamp && likely.hash == sought.hash).then(|| likely.others.clone())
    }

    fn put(&self, mission: Uuid, likely: Likely) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(mission, likely);
    }
}

/// A mission of a queue, with the content that is under review.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// The mission.
    pub mission: &'a mission::Model,
    /// What is under review.
    pub content: &'a MissionContent,
    /// Its hash.
    pub hash: &'a str,
}

/// A mission that is to be compared.
struct Unknown {
    mission: Uuid,
    organisation: Uuid,
    hash: String,
    content: MissionContent,
}

/// How many likely duplicates that nobody dismissed each of some missions of a town has, by its id. One of which it is not
/// known yet is left out: a next look finds it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn counted(backend: &Backend, town: MunicipalityId, sought: &[Sought<'_>]) -> Result<HashMap<Uuid, u32>> {
    if sought.is_empty() {
        return Ok(HashMap::new());
    }
    let db = backend.store.read();
    let names = Names::of(db, town.0).await?;
    let offers = offers(backend, &names, town.0).await?;
    let stamp = stamp(town, &names, &offers);
    let found = &backend.profiles.found;
    let unknown: Vec<Unknown> = sought
        .iter()
        .filter(|one| found.get(stamp, one).is_none())
        .map(|one| Unknown {
            mission: one.mission.id,
            organisation: one.mission.organisation_id,
            hash: one.hash.to_owned(),
            content: one.content.clone(),
        })
        .collect();
    if !unknown.is_empty() {
        let (found, begun) = (found.clone(), Instant::now());
        let work = move || {
            for one in unknown {
                found.put(one.mission, compared(stamp, one, &names, &offers));
                if begun.elapsed() > PATIENCE {
                    break;
                }
            }
        };
        tokio::task::spawn_blocking(work).await?;
    }
    let ids: Vec<Uuid> = sought.iter().map(|one| one.mission.id).collect();
    let dismissed = verdicts::dismissed(db, &ids).await?;
    let count = |one: &Sought<'_>| {
        let own = (one.mission.id, one.hash.to_owned());
        let left = found.get(stamp, one)?.into_iter().filter(|other| {
            let pair = if own.0 < other.0 { (own.clone(), other.clone()) } else { (other.clone(), own.clone()) };
            !dismissed.contains(&pair)
        });
        Some((own.0, u32::try_from(left.take(MOST).count()).unwrap_or(u32::MAX)))
    };
    Ok(sought.iter().filter_map(count).collect())
}

fn compared(stamp: Stamp, one: Unknown, names: &Names, offers: &[Other]) -> Likely {
    let others: Vec<Other> = offers.iter().filter(|other| other.mission != one.mission).cloned().collect();
    let near = nearest(&names.profile(&one.content), one.organisation, &others, None);
    let listed = near.into_iter().filter(|(likeness, _)| is_listed(likeness));
    let others = listed.map(|(_, other)| (other.mission, other.hash.clone())).collect();
    Likely { stamp, hash: one.hash, others }
}

/// Another one as soon as anything is online or waits that was not, or the other way round.
fn stamp(town: MunicipalityId, names: &Names, offers: &[Other]) -> Stamp {
    let mut live: Vec<(Uuid, &str)> = offers.iter().map(|other| (other.mission, other.hash.as_str())).collect();
    live.sort_unstable();
    let mut hasher = DefaultHasher::new();
    (town.0, names.hash, live).hash(&mut hasher);
    hasher.finish()
}
