//! How alike two offers are: measures that can be said in words, weighed by a small learned model.

use std::collections::{HashMap, HashSet};

use super::{
    model::{MEASURES, Measures, Model, OF_COMPANY, likely},
    profile::Profile,
    publics::{apart, clash},
    siblings::nearest,
};

/// Days after which more days in common make no difference.
const ENOUGH_DAYS: i64 = 14;

/// Parts of a town that count as one: those that an offer of one of them names.
#[derive(Debug, Default)]
pub struct Neighbours(HashMap<String, HashSet<String>>);

impl Neighbours {
    /// As the offers of a town name them.
    pub fn of<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Self {
        let mut near: HashMap<String, HashSet<String>> = HashMap::new();
        for profile in profiles.filter(|profile| !profile.part.is_empty()) {
            for named in &profile.named {
                for (one, other) in [(&profile.part, named), (named, &profile.part)] {
                    if !near.get(one).is_some_and(|near| near.contains(other)) {
                        near.entry(one.clone()).or_default().insert(other.clone());
                    }
                }
            }
        }
        Self(near)
    }

    fn are(&self, one: &str, other: &str) -> bool {
        self.0.get(one).is_some_and(|near| near.contains(other))
    }
}

/// Where two offers lie, one to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// One of them has no part of the town, or both are remote.
    Anywhere,
    /// In the same part.
    Same,
    /// In parts that count as one.
    Near,
    /// In parts that do not.
    Far,
}

/// How alike two offers are.
#[derive(Debug, Clone, Copy)]
pub struct Likeness {
    /// What is measured.
    pub measures: Measures,
    /// The logarithm of the odds that they are the same help.
    pub odds: f32,
    /// How alike their kinds of help are. This and the words are told, not weighed: other measures say more.
    pub help: f32,
    /// How alike their words are.
    pub words: f32,
    /// Where they lie.
    pub nearness: Nearness,
    /// Days in common.
    pub days: u32,
}

impl Likeness {
    /// How likely they are the same help, 0 to 1.
    pub fn score(&self) -> f32 {
        likely(self.odds)
    }
}

/// The share of pieces in common, of all pieces of both (Jaccard).
pub(super) fn shared(a: &[u32], b: &[u32]) -> f32 {
    let common = a.iter().filter(|piece| b.binary_search(piece).is_ok()).count();
    let all = a.len() + b.len() - common;
    if all == 0 { 0.0 } else { fraction(common, all) }
}

fn fraction(part: usize, whole: usize) -> f32 {
    let number = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    number(part) / number(whole)
}

/// What a number counts in a list.
fn counted(list: &[(u32, f32)], number: u32) -> f32 {
    list.binary_search_by_key(&number, |(number, _)| *number).map_or(0.0, |at| list[at].1)
}

/// The kind of help that counts most, and what it counts.
fn main_of(list: &[(u32, f32)]) -> (u32, f32) {
    list.iter().copied().fold((0, 0.0), |kept, next| if next.1 > kept.1 { next } else { kept })
}

/// How sure it is that two offers are other kinds of help: how little the main kind of each counts in the other. 0 where
/// one names none.
fn other_help(a: &[(u32, f32)], b: &[(u32, f32)], alike: f32) -> f32 {
    /// From here on an offer is half as sure of its help as it can be.
    const HALF: f32 = 6.0;
    let (one, other) = (main_of(a), main_of(b));
    if one.1 <= 0.0 || other.1 <= 0.0 {
        return 0.0;
    }
    let share = |list: &[(u32, f32)], of: u32, top: f32| counted(list, of) / top;
    let main = share(b, one.0, other.1).min(share(a, other.0, one.1));
    let least = one.1.min(other.1);
    (1.0 - main.max(alike)) * least / (least + HALF)
}

/// How much one offer speaks of what the other denies and nowhere says, the more of both: «aucune vente» beside a shop.
fn denied(a: &Profile, b: &Profile) -> f32 {
    /// From here on a meaning is all that an offer speaks of: its title's, for one.
    const ALL: f32 = 3.0;
    let most = |denies: &Profile, says: &Profile| {
        let unsaid = denies.denied.iter().filter(|meaning| counted(&denies.words, **meaning) <= 0.0);
        unsaid.map(|meaning| (counted(&says.words, *meaning) / ALL).min(1.0)).fold(0.0, f32::max)
    };
    most(a, b).max(most(b, a))
}

/// How much two offers of one organisation differ: what it offers again, under whatever title, it says in the same words.
fn own_other(words: f32) -> f32 {
    (2.5 * (1.0 - words)).min(1.0)
}

/// How far one description was copied from the other while title and beneficiaries tell something else: whoever
/// writes «the same, but for…» means another mission.
fn copy_differs(a: &Profile, b: &Profile) -> f32 {
    /// From this share of pieces in common on a text is a copy.
    const COPY: f32 = 0.3;
    if a.sketch.is_empty() || b.sketch.is_empty() {
        return 0.0;
    }
    let copied = (shared(&a.sketch, &b.sketch) / COPY).min(1.0);
    if copied < 0.3 { 0.0 } else { copied * (2.0 * (1.0 - a.head.cosine(&b.head))).min(1.0) }
}

pub(super) fn nearness(a: &Profile, b: &Profile, near: &Neighbours) -> Nearness {
    if a.remote || b.remote || a.part.is_empty() || b.part.is_empty() {
        Nearness::Anywhere
    } else if a.part == b.part {
        Nearness::Same
    } else if near.are(&a.part, &b.part) {
        Nearness::Near
    } else {
        Nearness::Far
    }
}

/// Days in common, and how much that is: 1 for two weeks or all of the shorter, −1 for none.
pub(super) fn days(a: &Profile, b: &Profile) -> (u32, f32) {
    let (Some((from, to)), Some((since, until))) = (a.days, b.days) else { return (0, 0.0) };
    let common = (to.min(until) - from.max(since)).num_days() + 1;
    if common <= 0 {
        return (0, -1.0);
    }
    let enough = ((to - from).num_days() + 1).min((until - since).num_days() + 1).min(ENOUGH_DAYS);
    let count = |days: i64| usize::try_from(days).unwrap_or_default();
    (u32::try_from(common).unwrap_or_default(), fraction(count(common), count(enough)).min(1.0))
}

/// Whether two offers can be compared at all: they have a day in common.
pub fn meet(a: &Profile, b: &Profile) -> bool {
    days(a, b).1 >= 0.0
}

/// An offer among those of its town.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// The offer.
    pub profile: &'a Profile,
    /// Offers that differ from it in one thing that decides.
    pub siblings: &'a [&'a Profile],
}

/// Takes a first look at two offers, which are of one organisation or not; which comes first makes no difference.
pub fn compare(one: Placed, other: Placed, together: bool, near: &Neighbours, model: &Model) -> Likeness {
    let (a, b) = (one.profile, other.profile);
    let yes = |holds: bool| if holds { 1.0 } else { 0.0 };
    let (help, words) = (a.help.cosine(&b.help), a.words.cosine(&b.words));
    let nearness = nearness(a, b, near);
    let (days, time) = days(a, b);
    let nearest = nearest(one, other);
    let alone: [f32; MEASURES.len() - OF_COMPANY] = [
        1.0,
        a.scenes.cosine(&b.scenes),
        other_help(&a.help, &b.help, help),
        a.actions.cosine(&b.actions),
        a.publics.cosine(&b.publics),
        clash(a, b),
        apart(a, b),
        time,
        match nearness {
            Nearness::Same => 1.0,
            Nearness::Near => 0.5,
            Nearness::Anywhere | Nearness::Far => 0.0,
        },
        yes(nearness == Nearness::Far),
        yes(a.remote != b.remote),
        yes(a.role != b.role),
        denied(a, b),
        copy_differs(a, b),
        if together { own_other(words) } else { 0.0 },
        nearest.max(0.0),
        (-nearest).max(0.0),
    ];
    let mut measures = [0.0; MEASURES.len()];
    measures[..alone.len()].copy_from_slice(&alone);
    Likeness { measures, odds: model.odds(&measures), help, words, nearness, days }
}
