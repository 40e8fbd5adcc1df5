//! Offers that differ in one thing that decides: of one organisation, or copied from each other. Another offer can be the
//! same as one of them at most, so what they do not share tells which.

use super::{
    compare::{Nearness, Neighbours, Placed, days, nearness, shared},
    profile::Profile,
};

/// From this share of pieces in common on one text was copied from the other.
const COPIED: f32 = 0.12;
/// Offers whose words are more alike than this are one, made again: under one title there may be two.
const SAME: f32 = 0.8;
/// More than this makes no difference.
const ENOUGH: f32 = 0.3;

/// Whether two offers are siblings: `together` says that they are of one organisation.
pub fn are_siblings(a: &Profile, b: &Profile, together: bool, near: &Neighbours) -> bool {
    a.remote == b.remote
        && days(a, b).0 > 0
        && nearness(a, b, near) != Nearness::Far
        && (together || shared(&a.sketch, &b.sketch) > COPIED)
        && a.words.cosine(&b.words) < SAME
}

fn likeness(a: &Profile, b: &Profile) -> f32 {
    a.words.cosine(&b.words)
        + 0.6 * a.scenes.cosine(&b.scenes)
        + 0.3 * a.help.cosine(&b.help)
        + a.publics.cosine(&b.publics)
        + 0.4 * a.actions.cosine(&b.actions)
        + 0.4 * a.things.cosine(&b.things)
}

/// How much nearer each is to the other than to the other's siblings, the least of all: more than 0 where it is the
/// nearest, less where a sibling is nearer.
pub fn nearest(a: Placed, b: Placed) -> f32 {
    if a.siblings.is_empty() && b.siblings.is_empty() {
        return 0.0;
    }
    let alike = likeness(a.profile, b.profile);
    let others = |of: &Placed, seen_from: &Placed| {
        let kept = |sibling: &&&Profile| !std::ptr::eq(**sibling, seen_from.profile);
        of.siblings.iter().filter(kept).map(|sibling| likeness(seen_from.profile, sibling)).collect::<Vec<_>>()
    };
    let rivals = [others(&b, &a), others(&a, &b)].concat();
    rivals.into_iter().map(|rival| alike - rival).reduce(f32::min).map_or(0.0, |least| least.clamp(-ENOUGH, ENOUGH))
}

#[cfg(test)]
mod tests {
    use super::{super::profile::Offer, *};

    fn offer(title: &str) -> Profile {
        let days = Some(("2026-01-01".parse().unwrap(), "2026-02-01".parse().unwrap()));
        Profile::of(&Offer { title: title.to_owned(), days, ..Offer::default() }, &[])
    }

    #[test]
    fn an_offer_is_the_same_as_one_of_two_siblings() {
        let near = Neighbours::default();
        let (sells, mends) = (offer("Vendre des vélos"), offer("Réparer des vélos"));
        assert!(are_siblings(&sells, &mends, true, &near) && !are_siblings(&sells, &mends, false, &near));
        assert!(!are_siblings(&sells, &sells.clone(), true, &near), "made again");
        let asked = offer("Retaper des bicyclettes");
        let alone = Placed { profile: &asked, siblings: &[] };
        let nearest =
            |of: &Profile, sibling: &Profile| super::nearest(alone, Placed { profile: of, siblings: &[sibling] });
        assert!(nearest(&mends, &sells) > 0.0 && nearest(&sells, &mends) < 0.0);
        assert!(super::nearest(alone, Placed { profile: &mends, siblings: &[] }).abs() < f32::EPSILON);
    }
}
