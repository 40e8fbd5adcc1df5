//! Missions of a file, and what people said of pairs of them: what is learned from and measured on.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use anyhow::{Context, bail};
use serde::Deserialize;

use super::{
    company::{Known, again},
    compare::{Likeness, Nearness, Neighbours, Placed, compare, meet},
    model::{Judged, Model},
    profile::{Offer, Profile},
    siblings::are_siblings,
};

/// How much the pairs that nobody judged count, of those that were.
const UNJUDGED: f32 = 0.15;

/// A line of the file of missions; columns that are not named here are left aside.
#[derive(Debug, Deserialize)]
struct MissionRow {
    id: String,
    #[serde(default)]
    insee: String,
    #[serde(default)]
    organisation: String,
    title: String,
    #[serde(default)]
    goal: String,
    description: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    neighbourhood: String,
    remote: String,
    starts_on: String,
    ends_on: String,
    #[serde(default)]
    beneficiaries: String,
}

/// A line of the file of pairs.
#[derive(Debug, Deserialize)]
pub(super) struct PairRow {
    pub(super) a: String,
    pub(super) b: String,
    pub(super) label: u8,
    #[serde(default)]
    pub(super) why: String,
}

struct Mission {
    row: MissionRow,
    profile: Profile,
}

/// The missions of a file and what people said of pairs of them.
pub struct Judgements {
    missions: Vec<Mission>,
    by_id: HashMap<String, usize>,
    pairs: Vec<PairRow>,
    near: HashMap<String, Neighbours>,
    /// Of each mission, its siblings by number.
    siblings: Vec<Vec<usize>>,
}

fn rows<T: for<'a> Deserialize<'a>>(path: &Path) -> anyhow::Result<Vec<T>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    reader.deserialize().collect::<Result<_, _>>().with_context(|| path.display().to_string())
}

fn offer(row: &MissionRow) -> anyhow::Result<Offer> {
    let day = |text: &str| text.trim().parse().with_context(|| format!("{}: «{text}» is not a date", row.id));
    let remote = match row.remote.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "oui" | "1" => true,
        "false" | "no" | "non" | "0" | "" => false,
        other => bail!("{}: remote is «{other}», but must be true or false", row.id),
    };
    Ok(Offer {
        title: row.title.clone(),
        goal: row.goal.clone(),
        description: row.description.clone(),
        place: row.place.clone(),
        beneficiaries: row.beneficiaries.clone(),
        part: row.neighbourhood.trim().to_owned(),
        remote,
        days: Some((day(&row.starts_on)?, day(&row.ends_on)?)),
    })
}

fn together(a: &Mission, b: &Mission) -> bool {
    !a.row.organisation.is_empty() && a.row.organisation == b.row.organisation
}

fn siblings(missions: &[Mission], near: &HashMap<String, Neighbours>) -> Vec<Vec<usize>> {
    let of = |mission: &Mission| {
        let is = |other: &Mission| {
            other.row.id != mission.row.id
                && other.row.insee == mission.row.insee
                && are_siblings(&mission.profile, &other.profile, together(mission, other), &near[&mission.row.insee])
        };
        (0..missions.len()).filter(|number| is(&missions[*number])).collect()
    };
    missions.iter().map(of).collect()
}

impl Judgements {
    /// Reads both files.
    ///
    /// # Errors
    /// When a file cannot be read, a value is not what its column holds, or a pair names no mission.
    pub fn read(missions: &Path, pairs: &Path) -> anyhow::Result<Self> {
        let rows: Vec<MissionRow> = rows(missions)?;
        let mut parts: HashMap<String, Vec<String>> = HashMap::new();
        for row in rows.iter().filter(|row| !row.neighbourhood.trim().is_empty()) {
            let known = parts.entry(row.insee.clone()).or_default();
            if !known.iter().any(|part| part == row.neighbourhood.trim()) {
                known.push(row.neighbourhood.trim().to_owned());
            }
        }
        let mut found = Vec::new();
        for row in rows {
            let parts = parts.get(&row.insee).map(Vec::as_slice).unwrap_or_default();
            found.push(Mission { profile: Profile::of(&offer(&row)?, parts), row });
        }
        let by_id: HashMap<String, usize> =
            found.iter().enumerate().map(|(number, mission)| (mission.row.id.clone(), number)).collect();
        let pairs: Vec<PairRow> = self::rows(pairs)?;
        if let Some(lost) = pairs.iter().flat_map(|pair| [&pair.a, &pair.b]).find(|id| !by_id.contains_key(*id)) {
            bail!("a pair names {lost}, which is no mission");
        }
        let mut towns: HashMap<String, Vec<&Profile>> = HashMap::new();
        for mission in &found {
            towns.entry(mission.row.insee.clone()).or_default().push(&mission.profile);
        }
        let near = towns.into_iter().map(|(town, profiles)| (town, Neighbours::of(profiles.into_iter()))).collect();
        let siblings = siblings(&found, &near);
        Ok(Self { missions: found, by_id, pairs, near, siblings })
    }

    fn first(&self, [a, b]: [usize; 2], model: &Model) -> Likeness {
        let siblings = |of: usize| -> Vec<&Profile> {
            self.siblings[of].iter().map(|number| &self.missions[*number].profile).collect()
        };
        let (of_a, of_b) = (siblings(a), siblings(b));
        let (a, b) = (&self.missions[a], &self.missions[b]);
        let one = Placed { profile: &a.profile, siblings: &of_a };
        let other = Placed { profile: &b.profile, siblings: &of_b };
        compare(one, other, together(a, b), &self.near[&a.row.insee], model)
    }

    /// A first look at all pairs that can be compared: log odds of each mission to each.
    fn looked(&self, model: &Model) -> Vec<Vec<f32>> {
        let mut odds = vec![vec![f32::NEG_INFINITY; self.missions.len()]; self.missions.len()];
        for (at, a) in self.missions.iter().enumerate() {
            for (later, b) in self.missions.iter().enumerate().skip(at + 1) {
                if a.row.insee == b.row.insee && meet(&a.profile, &b.profile) {
                    let found = self.first([at, later], model).odds;
                    (odds[at][later], odds[later][at]) = (found, found);
                }
            }
        }
        odds
    }

    /// Looks twice at pairs: what a model finds of them.
    pub(super) fn compared(&self, model: &Model) -> impl Fn(&str, &str) -> Likeness {
        let odds = self.looked(model);
        move |a, b| self.again([self.by_id[a], self.by_id[b]], model, &odds)
    }

    fn again(&self, [a, b]: [usize; 2], model: &Model, odds: &[Vec<f32>]) -> Likeness {
        let known = |at: usize| Known { at, odds: &odds[at] };
        again(self.first([a, b], model), known(a), known(b), model)
    }

    /// All pairs as measured, for learning: each alone, or among the company that a model finds them in. And those that nobody
    /// judged and that could be one by place and days, as others, which together count [`UNJUDGED`] of the judged.
    fn judged(&self, among: Option<&Model>) -> Vec<Judged> {
        let found = among.map(|model| (model, self.looked(model)));
        let judge = |pair: [usize; 2], duplicate: bool| {
            let likeness = match &found {
                Some((model, odds)) => self.again(pair, model, odds),
                None => self.first(pair, &Model::default()),
            };
            (Judged { measures: likeness.measures, duplicate, counts: 1.0 }, likeness)
        };
        let numbers = |pair: &PairRow| [self.by_id[&pair.a], self.by_id[&pair.b]];
        let mut pairs: Vec<Judged> = self.pairs.iter().map(|pair| judge(numbers(pair), pair.label == 1).0).collect();
        let known: HashSet<[usize; 2]> = self.pairs.iter().map(numbers).flat_map(|[a, b]| [[a, b], [b, a]]).collect();
        let mut others = Vec::new();
        for (at, a) in self.missions.iter().enumerate() {
            let later = self.missions.iter().enumerate().skip(at + 1).filter(|(_, b)| b.row.insee == a.row.insee);
            for (number, b) in later.filter(|(number, _)| !known.contains(&[at, *number])) {
                let (judged, likeness) = judge([at, number], false);
                let could = likeness.days > 0 && likeness.nearness != Nearness::Far;
                others.extend((could && a.profile.remote == b.profile.remote).then_some(judged));
            }
        }
        let count = |list: &[Judged]| f32::from(u16::try_from(list.len()).unwrap_or(u16::MAX));
        let counts = UNJUDGED * count(&pairs) / count(&others).max(1.0);
        pairs.extend(others.into_iter().map(|other| Judged { counts, ..other }));
        pairs
    }

    /// The pairs that were judged.
    pub(super) fn pairs(&self) -> &[PairRow] {
        &self.pairs
    }

    /// What a mission is called.
    pub(super) fn title(&self, id: &str) -> &str {
        &self.missions[self.by_id[id]].row.title
    }

    /// The other missions of its town.
    pub(super) fn others(&self, id: &str) -> impl Iterator<Item = &str> {
        let asked = self.by_id[id];
        let insee = &self.missions[asked].row.insee;
        let others =
            self.missions.iter().enumerate().filter(move |(at, other)| *at != asked && other.row.insee == *insee);
        others.map(|(_, other)| other.row.id.as_str())
    }
}

/// What weighs the pairs of these sets best: each alone first, then, with what that finds, among their company.
pub fn learn(sets: &[&Judgements]) -> Model {
    let measured = |among: Option<&Model>| sets.iter().flat_map(|set| set.judged(among)).collect::<Vec<_>>();
    let alone = Model::learn(&measured(None));
    alone.learn_company(&measured(Some(&alone)))
}
