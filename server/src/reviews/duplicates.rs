//! Missions that may offer the same, by simple means that can be explained: the system says why, a person decides.

use std::collections::{BTreeSet, HashMap};

use domain::{
    ids::MissionId,
    missions::{MissionContent, MissionStatus, SlotPlan},
    paris,
    reviews::LikelyDuplicate,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    entity::{mission, mission_version, organisation},
    error::Result,
    missions::{index, queries},
};

/// From this score on a mission is listed.
const THRESHOLD: u32 = 40;
/// At most so many are listed.
const MOST: usize = 5;
/// At most so many missions, the latest first, are compared.
const COMPARED: u64 = 400;
/// What each reason weighs; words by their share. Together 100.
const DOMAIN: u32 = 15;
const NEIGHBOURHOOD: u32 = 10;
const DATES: u32 = 10;
const WORDS: u32 = 65;

/// Why two missions look the same, and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Likeness {
    same_domain: bool,
    same_neighbourhood: bool,
    words: u32,
    dates_meet: bool,
}

impl Likeness {
    fn score(self) -> u32 {
        let points = |reason: bool, weight: u32| if reason { weight } else { 0 };
        points(self.same_domain, DOMAIN)
            + points(self.same_neighbourhood, NEIGHBOURHOOD)
            + points(self.dates_meet, DATES)
            + self.words * WORDS / 100
    }
}

/// Compares two contents; `words` are the stems of the first.
fn compare(content: &MissionContent, words: &BTreeSet<String>, other: &MissionContent) -> Likeness {
    Likeness {
        same_domain: content.domain.is_some() && content.domain == other.domain,
        same_neighbourhood: (content.remote && other.remote)
            || (!content.remote
                && !other.remote
                && content.neighbourhood.is_some()
                && content.neighbourhood == other.neighbourhood),
        words: shared(words, &stems(other)),
        dates_meet: content.slots.iter().any(|slot| other.slots.iter().any(|plan| meet(slot, plan))),
    }
}

fn stems(content: &MissionContent) -> BTreeSet<String> {
    index::stems(&[content.title.as_str(), &content.goal, &content.description].join(" ")).into_iter().collect()
}

/// Percent of the words in common, of all the words of both (Jaccard).
fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> u32 {
    let (common, all) = (a.intersection(b).count(), a.union(b).count());
    u32::try_from(common * 100 / all.max(1)).unwrap_or_default()
}

/// Whether two slots have a day in common, in Europe/Paris.
fn meet(a: &SlotPlan, b: &SlotPlan) -> bool {
    paris::date(a.starts_at) <= paris::date(b.ends_at) && paris::date(b.starts_at) <= paris::date(a.ends_at)
}

/// The likely duplicates of a mission in its town, best first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn likely(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
    content: &MissionContent,
) -> Result<Vec<LikelyDuplicate>> {
    let others = candidates(db, mission).await?;
    let contents = contents(db, &others).await?;
    let words = stems(content);
    let mut found: Vec<(Likeness, &mission::Model, &MissionContent)> = others
        .iter()
        .filter_map(|other| {
            let theirs = contents.get(&shown(other)?)?;
            Some((compare(content, &words, theirs), other, theirs))
        })
        .filter(|(likeness, ..)| likeness.score() >= THRESHOLD)
        .collect();
    found.sort_by_key(|(likeness, other, _)| (std::cmp::Reverse(likeness.score()), other.id));
    found.truncate(MOST);
    let names = organisations(db, &found).await?;
    Ok(found
        .into_iter()
        .map(|(likeness, other, theirs)| LikelyDuplicate {
            id: MissionId(other.id),
            title: theirs.title.clone(),
            organisation: names.get(&other.organisation_id).cloned().unwrap_or_default(),
            slug: queries::status(other).is_public().then(|| other.slug.clone()),
            score: likeness.score(),
            same_domain: likeness.same_domain,
            same_neighbourhood: likeness.same_neighbourhood,
            words: likeness.words,
            dates_meet: likeness.dates_meet,
        })
        .collect())
}

async fn candidates(db: &impl ConnectionTrait, mission: &mission::Model) -> Result<Vec<mission::Model>> {
    let live = [MissionStatus::Submitted, MissionStatus::Published, MissionStatus::ChangesRequested];
    Ok(mission::Entity::find()
        .filter(mission::Column::MunicipalityId.eq(mission.municipality_id))
        .filter(mission::Column::Id.ne(mission.id))
        .filter(mission::Column::Status.is_in(live.map(MissionStatus::as_str)))
        .order_by_desc(mission::Column::UpdatedAt)
        .limit(COMPARED)
        .all(db)
        .await?)
}

/// The version that speaks for a mission: what is online, or what waits.
fn shown(mission: &mission::Model) -> Option<Uuid> {
    mission.published_version_id.or(mission.working_version_id)
}

async fn contents(db: &impl ConnectionTrait, missions: &[mission::Model]) -> Result<HashMap<Uuid, MissionContent>> {
    let ids: Vec<Uuid> = missions.iter().filter_map(shown).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = mission_version::Entity::find().filter(mission_version::Column::Id.is_in(ids)).all(db).await?;
    rows.iter().map(|row| Ok((row.id, queries::content(row)?))).collect()
}

async fn organisations(
    db: &impl ConnectionTrait,
    found: &[(Likeness, &mission::Model, &MissionContent)],
) -> Result<HashMap<Uuid, String>> {
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = found.iter().map(|(_, mission, _)| mission.organisation_id).collect();
    let rows = organisation::Entity::find().filter(organisation::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use domain::missions::SlotKind;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    fn slot(starts_at: &str, ends_at: &str) -> SlotPlan {
        SlotPlan {
            id: Uuid::now_v7(),
            kind: SlotKind::Dated,
            starts_at: at(starts_at),
            ends_at: at(ends_at),
            places: 3,
        }
    }

    fn parcels() -> MissionContent {
        MissionContent {
            title: "Distribuer des colis alimentaires à Berthe".to_owned(),
            goal: "Remettre des colis aux familles les plus démunies du quartier".to_owned(),
            description: "Préparer les colis, accueillir les familles, distribuer les denrées et ranger la salle."
                .to_owned(),
            domain: Some("food-aid".to_owned()),
            neighbourhood: Some(Uuid::from_u128(1)),
            slots: vec![slot("2026-12-01T08:00:00Z", "2026-12-01T11:00:00Z")],
            ..MissionContent::default()
        }
    }

    fn score(a: &MissionContent, b: &MissionContent) -> u32 {
        compare(a, &stems(a), b).score()
    }

    #[test]
    fn the_same_mission_scores_a_hundred() {
        assert_eq!(score(&parcels(), &parcels()), 100);
    }

    #[test]
    fn the_same_need_in_other_words_is_listed() {
        let other = MissionContent {
            title: "Distribution de colis alimentaires".to_owned(),
            goal: "Aider les familles démunies de Berthe".to_owned(),
            description: "Accueillir les familles et leur distribuer les colis de denrées préparés dans la salle."
                .to_owned(),
            slots: vec![slot("2026-12-01T13:00:00Z", "2026-12-01T16:00:00Z")],
            ..parcels()
        };
        assert!(score(&parcels(), &other) >= THRESHOLD);
    }

    #[test]
    fn another_need_in_the_same_place_is_not() {
        let other = MissionContent {
            title: "Appels de courtoisie".to_owned(),
            goal: "Rompre la solitude des voisins âgés par une conversation".to_owned(),
            description: "Téléphoner chaque semaine, prendre des nouvelles, écouter et signaler une inquiétude."
                .to_owned(),
            domain: Some("keeping-contact".to_owned()),
            ..parcels()
        };
        assert!(score(&parcels(), &other) < THRESHOLD);
    }

    #[test]
    fn says_why() {
        let remote = MissionContent { remote: true, neighbourhood: None, slots: Vec::new(), ..parcels() };
        let likeness = compare(&remote, &stems(&remote), &MissionContent { domain: None, ..remote.clone() });
        assert_eq!(likeness, Likeness { same_domain: false, same_neighbourhood: true, words: 100, dates_meet: false });
        let on_site = compare(&remote, &stems(&remote), &parcels());
        assert!(on_site.same_domain && !on_site.same_neighbourhood);
    }

    #[test]
    fn dates_meet_on_the_same_day() {
        let morning = slot("2026-12-01T08:00:00Z", "2026-12-01T11:00:00Z");
        assert!(meet(&morning, &slot("2026-12-01T15:00:00Z", "2026-12-01T17:00:00Z")));
        assert!(!meet(&morning, &slot("2026-12-02T08:00:00Z", "2026-12-02T11:00:00Z")));
        assert!(meet(&morning, &slot("2026-11-01T00:00:00Z", "2026-12-31T00:00:00Z")));
    }
}
