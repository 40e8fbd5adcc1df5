//! The weights of the measures: learned from pairs that people judged, shipped as data, learned anew by
//! `server train-duplicates`.

use std::{ops::Range, sync::LazyLock};

/// What is measured of two offers, in the order of the weights.
pub const MEASURES: [&str; 19] = [
    "always",
    "scenes",
    "other-help",
    "actions",
    "publics",
    "publics-clash",
    "publics-apart",
    "days",
    "same-part",
    "far-part",
    "remote-clash",
    "role-clash",
    "denied",
    "copy-differs",
    "own-other",
    "nearest",
    "sibling-nearer",
    "both-same",
    "rival",
];
/// The last so many are measured on the second look only, among what the first one found (`company`): 0 for a pair alone.
pub const OF_COMPANY: usize = 2;
/// Measures that speak against a duplicate. Every other one never does: two copies of a text are the most alike there is.
const AGAINST: [&str; 11] = [
    "other-help",
    "publics-clash",
    "publics-apart",
    "far-part",
    "remote-clash",
    "role-clash",
    "denied",
    "copy-differs",
    "own-other",
    "sibling-nearer",
    "rival",
];
/// Passes over all pairs while learning.
const ROUNDS: u32 = 10_000;
/// How much more a duplicate counts than another pair: to miss one costs a coordinator more than to look at one too many.
const DUPLICATE: f32 = 2.5;
/// What holds weights small: there are few pairs.
const DECAY: f32 = 0.0003;

/// What is measured, in the order of [`MEASURES`].
pub type Measures = [f32; MEASURES.len()];

/// A logistic regression (D. R. Cox, 1958).
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Model(Measures);

/// The one that ships.
pub static SHIPPED: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_str!("../../../data/duplicates/weights.txt")).unwrap_or_default());

/// A pair of offers as measured.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// What is measured.
    pub measures: Measures,
    /// Whether people call it a duplicate.
    pub duplicate: bool,
    /// How much it counts while learning.
    pub counts: f32,
}

/// How likely something is, 0 to 1, by the logarithm of its odds.
pub fn likely(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

impl Model {
    /// Reads weights, one a line: a measure's name and its weight. `None` unless every measure has one.
    pub fn read(text: &str) -> Option<Self> {
        let mut weights = [0.0; MEASURES.len()];
        for (weight, measure) in weights.iter_mut().zip(MEASURES) {
            let line = text.lines().find_map(|line| line.strip_prefix(measure)?.strip_prefix(' '))?;
            *weight = line.trim().parse().ok()?;
        }
        Some(Self(weights))
    }

    /// As [`Self::read`] reads them.
    pub fn write(&self) -> String {
        let head = "# Weights of the measures; «server train-duplicates» writes them.".to_owned();
        let lines = MEASURES.iter().zip(self.0).map(|(measure, weight)| format!("{measure} {weight:.3}"));
        std::iter::once(head).chain(lines).map(|line| line + "\n").collect()
    }

    /// The logarithm of the odds that it is a duplicate.
    pub fn odds(&self, measures: &Measures) -> f32 {
        self.0.iter().zip(measures).map(|(weight, measure)| weight * measure).sum()
    }

    /// By how much company can raise the logarithm of the odds at most: its measures are shares.
    pub fn lift(&self) -> f32 {
        self.0.iter().skip(MEASURES.len() - OF_COMPANY).map(|weight| weight.max(0.0)).sum()
    }

    /// Learns from judged pairs, each alone.
    pub fn learn(pairs: &[Judged]) -> Self {
        Self::default().descend(pairs, 0..MEASURES.len() - OF_COMPANY)
    }

    /// Learns what company counts, and nothing else. Were all learned anew, a pair without company would be called for the
    /// want of it: where people judge, nearly every pair that is none has a rival; in a small town few pairs have one.
    #[must_use]
    pub fn learn_company(self, pairs: &[Judged]) -> Self {
        self.descend(pairs, MEASURES.len() - OF_COMPANY..MEASURES.len())
    }

    /// Learns some weights by gradient descent, always the same way; the others stay.
    fn descend(mut self, pairs: &[Judged], free: Range<usize>) -> Self {
        let share = 1.0 / pairs.iter().map(|pair| pair.counts).sum::<f32>().max(1.0);
        for round in 0..ROUNDS {
            let step = 0.5 / (1.0 + f32::from(u16::try_from(round).unwrap_or(u16::MAX)) / 2000.0);
            let mut slope = [0.0; MEASURES.len()];
            for Judged { measures, duplicate, counts } in pairs {
                let (is, more) = if *duplicate { (1.0, DUPLICATE) } else { (0.0, 1.0) };
                let miss = likely(self.odds(measures)) - is;
                for (slope, measure) in slope.iter_mut().zip(measures) {
                    *slope += counts * more * miss * measure * share;
                }
            }
            for number in free.clone() {
                let weight = &mut self.0[number];
                let held = if number == 0 { 0.0 } else { DECAY * *weight };
                *weight -= step * (slope[number] + held);
                match number {
                    0 => {}
                    number if AGAINST.contains(&MEASURES[number]) => *weight = weight.min(0.0),
                    _ => *weight = weight.max(0.0),
                }
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_ship_are_whole() {
        let text = include_str!("../../../data/duplicates/weights.txt");
        assert_eq!(Model::read(text), Some(*SHIPPED));
        assert_eq!(Model::read(&SHIPPED.write()), Some(*SHIPPED));
        assert_eq!(Model::read("scenes 1"), None);
    }

    #[test]
    fn it_learns_what_tells_pairs_apart() {
        let mut alike = [0.0; MEASURES.len()];
        (alike[0], alike[1]) = (1.0, 1.0);
        let mut unlike = alike;
        unlike[1] = 0.0;
        let judged = |measures, duplicate| Judged { measures, duplicate, counts: 1.0 };
        let model = Model::learn(&[judged(alike, true), judged(unlike, false)]);
        assert!(likely(model.odds(&alike)) > 0.9 && likely(model.odds(&unlike)) < 0.1);
    }

    #[test]
    fn company_leaves_a_pair_alone_as_it_was() {
        let mut alone = [0.0; MEASURES.len()];
        alone[0] = 1.0;
        let mut rivalled = alone;
        rivalled[MEASURES.len() - 1] = 1.0;
        let judged = |measures, duplicate| Judged { measures, duplicate, counts: 1.0 };
        let model = Model::learn(&[judged(alone, true), judged(alone, false)]);
        let among = model.learn_company(&[judged(alone, true), judged(rivalled, false)]);
        assert!((among.odds(&alone) - model.odds(&alone)).abs() < f32::EPSILON);
        assert!(among.odds(&rivalled) < model.odds(&rivalled));
    }
}
