//! The weights of the measures: learned from pairs that people judged, shipped as data, learned anew by
//! `server train-duplicates`.

use std::sync::LazyLock;

/// What is measured of two offers, in the order of the weights.
pub const MEASURES: [&str; 19] = [
    "always",
    "words",
    "help",
    "main-help",
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
    "copy-differs",
    "own-other",
    "nearest",
    "sibling-nearer",
    "scenes",
];
/// Measures that speak against a duplicate. Every other one never does: two copies of a text are the most alike there is.
const AGAINST: [&str; 9] = [
    "other-help",
    "publics-clash",
    "publics-apart",
    "far-part",
    "remote-clash",
    "role-clash",
    "copy-differs",
    "own-other",
    "sibling-nearer",
];
/// Passes over all pairs while learning.
const ROUNDS: u32 = 10_000;
/// How much more a duplicate counts than another pair: to miss one costs a coordinator more than to look at one too many.
const DUPLICATE: f32 = 3.0;
/// What holds weights small: there are few pairs.
const DECAY: f32 = 0.001;

/// A logistic regression (D. R. Cox, 1958).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Model([f32; MEASURES.len()]);

/// The one that ships.
pub static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
    Model::read(include_str!("../../../data/duplicates/weights.txt")).unwrap_or(Model([0.0; MEASURES.len()]))
});

/// A pair of offers as measured.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// In the order of [`MEASURES`].
    pub measures: [f32; MEASURES.len()],
    /// Whether people call it a duplicate.
    pub duplicate: bool,
    /// How much it counts while learning.
    pub counts: f32,
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

    /// How likely it is, 0 to 1.
    pub fn score(&self, measures: &[f32; MEASURES.len()]) -> f32 {
        let sum: f32 = self.0.iter().zip(measures).map(|(weight, measure)| weight * measure).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// Learns from judged pairs by gradient descent, always the same way.
    pub fn learn(pairs: &[Judged]) -> Self {
        let mut model = Self([0.0; MEASURES.len()]);
        let share = 1.0 / pairs.iter().map(|pair| pair.counts).sum::<f32>().max(1.0);
        for round in 0..ROUNDS {
            let step = 0.5 / (1.0 + f32::from(u16::try_from(round).unwrap_or(u16::MAX)) / 2000.0);
            let mut slope = [0.0; MEASURES.len()];
            for Judged { measures, duplicate, counts } in pairs {
                let (is, more) = if *duplicate { (1.0, DUPLICATE) } else { (0.0, 1.0) };
                let miss = model.score(measures) - is;
                for (slope, measure) in slope.iter_mut().zip(measures) {
                    *slope += counts * more * miss * measure * share;
                }
            }
            for (number, (weight, slope)) in model.0.iter_mut().zip(slope).enumerate() {
                let held = if number == 0 { 0.0 } else { DECAY * *weight };
                *weight -= step * (slope + held);
                match number {
                    0 => {}
                    number if AGAINST.contains(&MEASURES[number]) => *weight = weight.min(0.0),
                    _ => *weight = weight.max(0.0),
                }
            }
        }
        model
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
        assert_eq!(Model::read("words 1"), None);
    }

    #[test]
    fn it_learns_what_tells_pairs_apart() {
        let mut alike = [0.0; MEASURES.len()];
        (alike[0], alike[2]) = (1.0, 1.0);
        let mut unlike = alike;
        unlike[2] = 0.0;
        let judged = |measures, duplicate| Judged { measures, duplicate, counts: 1.0 };
        let model = Model::learn(&[judged(alike, true), judged(unlike, false)]);
        assert!(model.score(&alike) > 0.9 && model.score(&unlike) < 0.1);
    }
}
