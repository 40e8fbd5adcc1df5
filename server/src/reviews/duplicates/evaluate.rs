//! How well duplicates are found: on a file of missions and a file of pairs that people judged.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt::Write as _,
    path::Path,
};

use anyhow::{Context, bail};
use serde::Deserialize;

use super::{
    compare::{Nearness, Neighbours, Placed, compare},
    model::{Judged, Model},
    profile::{Offer, Profile},
    siblings::are_siblings,
};

/// From this score on a pair is called a duplicate.
pub const CALLED: f32 = 0.5;
/// How much the pairs that nobody judged count, of those that were.
const UNJUDGED: f32 = 0.15;
/// How many suggestions a coordinator looks at.
const FIRST: usize = 5;

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
struct PairRow {
    a: String,
    b: String,
    label: u8,
    #[serde(default)]
    why: String,
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

    fn mission(&self, id: &str) -> &Mission {
        &self.missions[self.by_id[id]]
    }

    fn compared(&self, a: &Mission, b: &Mission, model: &Model) -> super::compare::Likeness {
        let siblings = |of: &Mission| -> Vec<&Profile> {
            self.siblings[self.by_id[&of.row.id]].iter().map(|number| &self.missions[*number].profile).collect()
        };
        let (of_a, of_b) = (siblings(a), siblings(b));
        let one = Placed { profile: &a.profile, siblings: &of_a };
        let other = Placed { profile: &b.profile, siblings: &of_b };
        compare(one, other, together(a, b), &self.near[&a.row.insee], model)
    }

    /// All pairs as measured, for learning; and those that nobody judged and that could be one by place and days, as
    /// others, which together count [`UNJUDGED`] of the judged.
    pub fn judged(&self) -> Vec<Judged> {
        let model = *super::model::SHIPPED;
        let judge = |a: &Mission, b: &Mission, duplicate: bool| {
            let likeness = self.compared(a, b, &model);
            (Judged { measures: likeness.measures, duplicate, counts: 1.0 }, likeness)
        };
        let mut pairs: Vec<Judged> = self
            .pairs
            .iter()
            .map(|pair| judge(self.mission(&pair.a), self.mission(&pair.b), pair.label == 1).0)
            .collect();
        let known: HashSet<[&str; 2]> =
            self.pairs.iter().flat_map(|pair| [[&*pair.a, &*pair.b], [&*pair.b, &*pair.a]]).collect();
        let mut others = Vec::new();
        for (at, a) in self.missions.iter().enumerate() {
            let later = self.missions[at + 1..].iter().filter(|b| b.row.insee == a.row.insee);
            for b in later.filter(|b| !known.contains(&[a.row.id.as_str(), b.row.id.as_str()])) {
                let (judged, likeness) = judge(a, b, false);
                let could = likeness.days > 0 && likeness.nearness != Nearness::Far;
                others.extend((could && a.profile.remote == b.profile.remote).then_some(judged));
            }
        }
        let count = |list: &[Judged]| f32::from(u16::try_from(list.len()).unwrap_or(u16::MAX));
        let counts = UNJUDGED * count(&pairs) / count(&others).max(1.0);
        pairs.extend(others.into_iter().map(|other| Judged { counts, ..other }));
        pairs
    }

    /// Of the duplicates, seen from either side, how many are among the first suggestions.
    fn among_first(&self, model: &Model) -> (usize, usize) {
        let (mut found, mut all) = (0, 0);
        for pair in self.pairs.iter().filter(|pair| pair.label == 1) {
            for (from, to) in [(&pair.a, &pair.b), (&pair.b, &pair.a)] {
                let asked = self.mission(from);
                let others =
                    self.missions.iter().filter(|other| other.row.id != *from && other.row.insee == asked.row.insee);
                let mut scored: Vec<(f32, &str)> =
                    others.map(|other| (self.compared(asked, other, model).score, other.row.id.as_str())).collect();
                scored.sort_by(|one, other| other.0.total_cmp(&one.0));
                all += 1;
                found += usize::from(scored.iter().take(FIRST).any(|(_, id)| id == to));
            }
        }
        (found, all)
    }

    /// What a model finds of them, in words and figures.
    ///
    /// # Errors
    /// None: a text takes whatever is written to it.
    pub fn report(&self, model: &Model) -> Result<String, std::fmt::Error> {
        let scored: Vec<(&PairRow, f32)> = self
            .pairs
            .iter()
            .map(|pair| (pair, self.compared(self.mission(&pair.a), self.mission(&pair.b), model).score))
            .collect();
        let count = |duplicate: bool, called: bool| {
            scored.iter().filter(|(pair, score)| (pair.label == 1) == duplicate && (*score >= CALLED) == called).count()
        };
        let table = [count(true, true), count(true, false), count(false, true), count(false, false)];
        let mut text = figures(table);
        let (found, all) = self.among_first(model);
        writeln!(text, "among the first {FIRST} suggestions: {:.3} ({found} of {all})", share(found, all))?;
        for (duplicate, says) in [(true, "missed"), (false, "called duplicates, but are not")] {
            writeln!(text, "\n{says}:")?;
            let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
            for (pair, score) in
                scored.iter().filter(|(pair, score)| (pair.label == 1) == duplicate && (*score >= CALLED) != duplicate)
            {
                let titles = [&pair.a, &pair.b].map(|id| self.mission(id).row.title.as_str());
                writeln!(text, "  {} {}  {score:.2}  {} / {}  ({})", pair.a, pair.b, titles[0], titles[1], pair.why)?;
                *causes.entry(pair.why.split_once(" : ").map_or("", |(cause, _)| cause)).or_default() += 1;
            }
            if !duplicate && !causes.is_empty() {
                let list: Vec<String> = causes.iter().map(|(cause, count)| format!("{cause} {count}")).collect();
                writeln!(text, "  by cause: {}", list.join(", "))?;
            }
        }
        Ok(text)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

/// `table`: duplicates that were called so, and were not; others that were, and were not.
fn figures([hits, missed, wrong, right]: [usize; 4]) -> String {
    let (precision, recall) = (share(hits, hits + wrong), share(hits, hits + missed));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    format!(
        "{} pairs: {} duplicates, {} others; called duplicates from a score of {CALLED}\n\
         precision {precision:.3}\nrecall    {recall:.3}\nF1        {f1:.3}\n\n\
         {:>12} {:>18} {:>14}\n{:>12} {hits:>18} {missed:>14}\n{:>12} {wrong:>18} {right:>14}\n\n",
        hits + missed + wrong + right,
        hits + missed,
        wrong + right,
        "",
        "called duplicate",
        "called other",
        "duplicate",
        "other",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_table() {
        let text = figures([3, 1, 2, 4]);
        assert!(text.contains("10 pairs: 4 duplicates, 6 others"));
        assert!(
            text.contains("precision 0.600") && text.contains("recall    0.750") && text.contains("F1        0.667")
        );
    }
}
