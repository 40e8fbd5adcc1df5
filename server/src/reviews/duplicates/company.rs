//! The second look: what the first one found tells of a pair among its company. Whoever offers the same help as a third
//! offer, which the other does not, is hardly the same as the other; two that are the same as a third are. A pair without
//! company stays what it was.

use super::{
    compare::Likeness,
    model::{MEASURES, Model, OF_COMPANY},
};

/// Log odds beyond these make no difference.
const SURE: f32 = 3.0;
const UNLIKELY: f32 = -4.0;

/// One offer of a town, as the first look found it.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Its number in the town.
    pub at: usize,
    /// Log odds that it is the same as each of the town's offers, by their numbers: −∞ for itself and where nobody looked.
    pub odds: &'a [f32],
}

/// How far a third offer is the same as both, and how much more a third is the same as one of them than as the other.
fn company(one: Known, other: Known) -> [f32; OF_COMPANY] {
    let (mut both, mut rival) = (f32::NEG_INFINITY, 0.0_f32);
    for (number, (to_one, to_other)) in one.odds.iter().zip(other.odds).enumerate() {
        if number == one.at || number == other.at {
            continue;
        }
        let (less, more) = (to_one.min(*to_other), to_one.max(*to_other));
        both = both.max(less);
        if more > 0.0 {
            rival = rival.max(more.min(SURE) - less.max(UNLIKELY));
        }
    }
    [(both + 1.0).clamp(0.0, SURE) / SURE, rival / SURE]
}

/// Looks again at two offers.
pub fn again(first: Likeness, one: Known, other: Known, model: &Model) -> Likeness {
    let mut measures = first.measures;
    measures[MEASURES.len() - OF_COMPANY..].copy_from_slice(&company(one, other));
    Likeness { measures, odds: model.odds(&measures), ..first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_offer_tells() {
        const NONE: f32 = f32::NEG_INFINITY;
        let of = |odds: [[f32; 3]; 2]| {
            let (one, other) = (Known { at: 0, odds: &odds[0] }, Known { at: 1, odds: &odds[1] });
            let told = company(one, other);
            assert_eq!(told, company(other, one), "which comes first makes no difference");
            told.map(|share| share > 0.5)
        };
        assert_eq!(of([[NONE, 1.0, NONE], [1.0, NONE, NONE]]), [false; 2], "alone");
        assert_eq!(of([[NONE, 1.0, 2.0], [1.0, NONE, 2.0]]), [true, false], "all the same");
        assert_eq!(of([[NONE, 1.0, 4.0], [1.0, NONE, -3.0]]), [false, true], "one has a nearer one");
    }
}
