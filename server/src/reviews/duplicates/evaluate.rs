//! How well duplicates are found: on a file of missions and a file of pairs that people judged.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    compare::Likeness,
    judgements::{Judgements, PairRow},
    model::Model,
};

/// From this score on a pair is called a duplicate.
pub const CALLED: f32 = 0.5;
/// How many suggestions a coordinator looks at.
const FIRST: usize = 5;

impl Judgements {
    /// Of the duplicates, seen from either side, how many are among the first suggestions.
    fn among_first(&self, compared: impl Fn(&str, &str) -> Likeness) -> (usize, usize) {
        let (mut found, mut all) = (0, 0);
        for pair in self.pairs().iter().filter(|pair| pair.label == 1) {
            for (from, to) in [(&pair.a, &pair.b), (&pair.b, &pair.a)] {
                let mut scored: Vec<(f32, &str)> =
                    self.others(from).map(|other| (compared(from, other).odds, other)).collect();
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
        let compared = self.compared(model);
        let scored: Vec<(&PairRow, f32)> =
            self.pairs().iter().map(|pair| (pair, compared(&pair.a, &pair.b).score())).collect();
        let count = |duplicate: bool, called: bool| {
            scored.iter().filter(|(pair, score)| (pair.label == 1) == duplicate && (*score >= CALLED) == called).count()
        };
        let table = [count(true, true), count(true, false), count(false, true), count(false, false)];
        let mut text = figures(table);
        let (found, all) = self.among_first(compared);
        writeln!(text, "among the first {FIRST} suggestions: {:.3} ({found} of {all})", share(found, all))?;
        for (duplicate, says) in [(true, "missed"), (false, "called duplicates, but are not")] {
            writeln!(text, "\n{says}:")?;
            let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
            for (pair, score) in
                scored.iter().filter(|(pair, score)| (pair.label == 1) == duplicate && (*score >= CALLED) != duplicate)
            {
                let titles = [&pair.a, &pair.b].map(|id| self.title(id));
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
