//! For whom: publics and ages, and when two of them exclude each other.

use super::{lexicon::PUBLICS, profile::Profile};

/// Groups of publics of which one excludes another.
pub const EXCLUSIVE: [&str; 3] = ["origin", "illness", "language"];

/// From this age on a single number says «and older».
const OLD: u16 = 55;
const OLDEST: u16 = 110;

/// The publics that beneficiaries name, and their ages; publics of title and goal where they name none, ages of the title.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// Publics, in the order of their numbers.
    pub publics: Vec<u32>,
    /// Ages, from and to.
    pub years: Vec<(u16, u16)>,
}

impl Told {
    /// As the words say it, as they sound.
    pub fn of(beneficiaries: &[&str], others: [&[&str]; 2]) -> Self {
        let (mut publics, mut years) = (named(beneficiaries), years(beneficiaries));
        if years.is_empty() && publics.iter().all(|public| PUBLICS.is_of(*public, "all")) {
            for words in others {
                publics.extend(named(words));
                years.extend(self::years(words));
            }
        }
        publics.sort_unstable();
        publics.dedup();
        if years.is_empty() {
            years = publics.iter().filter_map(|public| PUBLICS.years(*public)).collect();
        }
        // «Atelier pour mamans», for refugees.
        if years.is_empty() {
            years = self::years(others[0]);
            years.extend(named(others[0]).into_iter().filter_map(|public| PUBLICS.years(public)));
        }
        Self { publics: publics.into_iter().map(u32::from).collect(), years }
    }
}

fn named(words: &[&str]) -> Vec<u16> {
    PUBLICS.longest(words).into_iter().map(|find| find.concept).collect()
}

/// Ages that are told in figures: «6 à 10 ans», «plus de 60 ans», «75 ans», «U13».
fn years(words: &[&str]) -> Vec<(u16, u16)> {
    let number = |at: Option<usize>| words.get(at?)?.parse::<u16>().ok().filter(|number| *number < 200);
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().unwrap_or_default();
    let mut found = Vec::new();
    for (at, said) in words.iter().enumerate() {
        if let Some(under) = said.strip_prefix('u').and_then(|digits| digits.parse::<u16>().ok()) {
            if (5..24).contains(&under) {
                found.push((under - 2, under));
            }
            continue;
        }
        let (true, Some(to)) = (["ans", "an"].contains(said), number(at.checked_sub(1))) else { continue };
        let before = at.checked_sub(2);
        match number(before) {
            Some(from) if from < to => found.push((from, to)),
            _ if word(before) == "plus" || word(Some(at + 1)) == "plus" || to >= OLD => found.push((to, OLDEST)),
            _ if word(before) == "moins" => found.push((0, to)),
            _ => found.push((to, to)),
        }
    }
    found
}

fn is_of(public: u32, group: &str) -> bool {
    u16::try_from(public).is_ok_and(|public| PUBLICS.is_of(public, group))
}

/// The publics of a group.
pub fn of_axis(publics: &[(u32, f32)], axis: &str) -> Vec<u32> {
    publics.iter().map(|(public, _)| *public).filter(|public| is_of(*public, axis)).collect()
}

fn names(list: &[(u32, f32)], public: u32) -> bool {
    list.binary_search_by_key(&public, |(number, _)| *number).is_ok()
}

/// Both have some, and none in common.
fn disjoint<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    !a.is_empty() && !b.is_empty() && !a.iter().any(|one| b.contains(one))
}

/// 1 where ages, origins, illnesses or languages exclude each other; 0.5 where the publics that are told are others, and
/// half of it where one of them is named elsewhere in the other offer.
pub fn clash(a: &Profile, b: &Profile) -> f32 {
    let (ages, others) = (&a.told.years, &b.told.years);
    let meet = |one: &(u16, u16)| others.iter().any(|other| one.0 <= other.1 && other.0 <= one.1);
    let mut axes = a.exclusive.iter().zip(&b.exclusive);
    let aged = !ages.is_empty() && !others.is_empty();
    if aged && !ages.iter().any(meet) || axes.any(|(one, other)| disjoint(one, other)) {
        return 1.0;
    }
    let narrow = |offer: &Profile| -> Vec<u32> {
        let wide = |public: u32| is_of(public, "all") || is_of(public, "sex") || aged && is_of(public, "age");
        offer.told.publics.iter().copied().filter(|public| !wide(*public)).collect()
    };
    let (one, other) = (narrow(a), narrow(b));
    let named = |publics: &[u32], elsewhere: &Profile| publics.iter().any(|public| names(&elsewhere.publics, *public));
    match (disjoint(&one, &other), named(&one, b) || named(&other, a)) {
        (false, _) => 0.0,
        (true, true) => 0.25,
        (true, false) => 0.5,
    }
}

/// How many of the two tell of a public apart (detained, homeless, students…) that the other nowhere names.
pub fn apart(a: &Profile, b: &Profile) -> f32 {
    let alone = |one: &Profile, other: &Profile| {
        let unnamed = |public: &u32| is_of(*public, "apart") && !names(&other.publics, *public);
        if one.told.publics.iter().any(unnamed) { 0.5 } else { 0.0 }
    };
    alone(a, b) + alone(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_told_in_many_ways() {
        assert_eq!(years(&["enfants", "6", "10", "ans"]), [(6, 10)]);
        assert_eq!(years(&["plus", "60", "ans"]), [(60, OLDEST)]);
        assert_eq!(years(&["75", "ans", "sans", "voiture"]), [(75, OLDEST)]);
        assert_eq!(years(&["moins", "3", "ans"]), [(0, 3)]);
        assert_eq!(years(&["ekipe", "u13", "14", "ans"]), [(11, 13), (14, 14)]);
    }
}
