//! Which of a town's missions come nearest to one: all of them are looked at alone, some with their siblings, and the first
//! of these once more, among all that they are near to themselves.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    company::{Known, again},
    compare::{Likeness, Neighbours, Placed, compare, meet},
    model::SHIPPED,
    profile::Profile,
    siblings::are_siblings,
    town::Other,
};

/// So many of the nearest are compared once more, with their siblings.
const NEAREST: usize = 30;
/// So many siblings of an offer are looked at.
const SIBLINGS: usize = 20;
/// So many are looked at a second time: more than are listed. Each costs a first look at the whole town.
const AGAIN: usize = 10;

/// The offers of a town, in which they have numbers.
struct Town<'a> {
    offers: Vec<(Uuid, &'a Profile)>,
    near: Neighbours,
    of_organisation: HashMap<Uuid, Vec<usize>>,
}

/// What a first look at one of them found.
struct Look {
    /// The nearest, best first.
    nearest: Vec<(usize, Likeness)>,
    /// Log odds that it is the same as each.
    odds: Vec<f32>,
}

impl<'a> Town<'a> {
    fn of(offers: Vec<(Uuid, &'a Profile)>) -> Self {
        let near = Neighbours::of(offers.iter().map(|(_, profile)| *profile));
        let mut of_organisation: HashMap<Uuid, Vec<usize>> = HashMap::new();
        for (number, (organisation, _)) in offers.iter().enumerate() {
            of_organisation.entry(*organisation).or_default().push(number);
        }
        Self { offers, near, of_organisation }
    }

    /// Compares two of them, beside their siblings.
    fn compared(&self, one: (usize, &[&Profile]), other: (usize, &[&Profile])) -> Likeness {
        let [(of, a), (than, b)] = [self.offers[one.0], self.offers[other.0]];
        let (a, b) = (Placed { profile: a, siblings: one.1 }, Placed { profile: b, siblings: other.1 });
        compare(a, b, of == than, &self.near, &SHIPPED)
    }

    /// Siblings of one: of its organisation, and copies among `found`.
    fn siblings(&self, at: usize, found: &[(usize, Likeness)]) -> Vec<&'a Profile> {
        let (organisation, profile) = self.offers[at];
        let own = self.of_organisation.get(&organisation).into_iter().flatten().copied();
        let copies = found.iter().map(|(number, _)| *number).filter(|number| self.offers[*number].0 != organisation);
        own.chain(copies)
            .filter(|number| *number != at)
            .map(|number| self.offers[number])
            .filter(|(of, other)| are_siblings(profile, other, *of == organisation, &self.near))
            .map(|(_, other)| other)
            .take(SIBLINGS)
            .collect()
    }

    /// A first look at one of them, and at `also`, wherever it comes.
    fn look(&self, at: usize, also: Option<usize>) -> Look {
        let mut odds = vec![f32::NEG_INFINITY; self.offers.len()];
        let others = (0..self.offers.len()).filter(|other| *other != at);
        let met = others.filter(|other| meet(self.offers[at].1, self.offers[*other].1) || also == Some(*other));
        let mut found: Vec<(usize, Likeness)> =
            met.map(|other| (other, self.compared((at, &[]), (other, &[])))).collect();
        found.iter().for_each(|(other, likeness)| odds[*other] = likeness.odds);
        found.sort_by(|one, than| {
            let wanted = |number: usize| also == Some(number);
            wanted(than.0).cmp(&wanted(one.0)).then(than.1.odds.total_cmp(&one.1.odds))
        });
        found.truncate(NEAREST);
        let own = self.siblings(at, &found);
        let mut nearest: Vec<(usize, Likeness)> = found
            .iter()
            .map(|(other, _)| (*other, self.compared((at, &own), (*other, &self.siblings(*other, &found)))))
            .collect();
        nearest.iter().for_each(|(other, likeness)| odds[*other] = likeness.odds);
        nearest.sort_by(|(_, one), (_, than)| than.odds.total_cmp(&one.odds));
        Look { nearest, odds }
    }
}

/// Those of the others that come nearest to an offer of this organisation, best first; and `also`, wherever it comes.
pub(super) fn nearest<'a>(
    asked: &Profile,
    organisation: Uuid,
    others: &'a [Other],
    also: Option<Uuid>,
) -> Vec<(Likeness, &'a Other)> {
    let offers = others.iter().map(|other| (other.organisation, other.profile.as_ref()));
    let town = Town::of(offers.chain([(organisation, asked)]).collect());
    let asked = others.len();
    let also = also.and_then(|mission| others.iter().position(|other| other.mission == mission));
    let look = town.look(asked, also);
    let wanted = look.nearest.iter().skip(AGAIN).filter(|(other, _)| also == Some(*other));
    let mut found: Vec<(Likeness, &Other)> = look
        .nearest
        .iter()
        .take(AGAIN)
        .chain(wanted)
        .map(|(other, first)| {
            // What company cannot lift above even odds stays where it is: nobody lists it.
            if first.odds + SHIPPED.lift() < 0.0 && also != Some(*other) {
                return (*first, &others[*other]);
            }
            let of_other = town.look(*other, None).odds;
            let one = Known { at: asked, odds: &look.odds };
            (again(*first, one, Known { at: *other, odds: &of_other }, &SHIPPED), &others[*other])
        })
        .collect();
    found.sort_by(|(one, id), (than, of)| than.odds.total_cmp(&one.odds).then(id.mission.cmp(&of.mission)));
    found
}
