//! Offers that differ in one thing that decides: of one organisation, or copied from each other. Another offer can be the
//! same as one of them at most, so what they do not share tells which.

use super::{
    compare::{Nearness, Neighbours, Placed, cosine, days, nearness, shared},
    profile::Profile,
};

/// From this share of pieces in common on one text was copied from the other.
const COPIED: f32 = 0.12;
/// Titles that are more alike than this are one offer, made again.
const SAME: f32 = 0.75;
/// More than this makes no difference.
const ENOUGH: f32 = 0.5;

/// Whether two offers are siblings: `together` says that they are of one organisation.
pub fn are_siblings(a: &Profile, b: &Profile, together: bool, near: &Neighbours) -> bool {
    a.remote == b.remote
        && days(a, b).0 > 0
        && nearness(a, b, near) != Nearness::Far
        && (together || shared(&a.sketch, &b.sketch) > COPIED)
        && cosine(&a.title, &b.title) < SAME
}

fn likeness(a: &Profile, b: &Profile) -> f32 {
    2.0 * cosine(&a.words, &b.words)
        + cosine(&a.scenes, &b.scenes)
        + cosine(&a.help, &b.help)
        + cosine(&a.publics, &b.publics)
}

/// How much nearer each is to the other than to the other's siblings, the least of all: more than 0 where it is the
/// nearest, less where a sibling is nearer.
pub fn nearest(a: Placed, b: Placed) -> f32 {
    let alike = likeness(a.profile, b.profile);
    let others = |of: &Placed, seen_from: &Placed| {
        let kept = |sibling: &&&Profile| !std::ptr::eq(**sibling, seen_from.profile);
        of.siblings.iter().filter(kept).map(|sibling| likeness(seen_from.profile, sibling)).collect::<Vec<_>>()
    };
    let rivals = [others(&b, &a), others(&a, &b)].concat();
    rivals.into_iter().map(|rival| alike - rival).reduce(f32::min).map_or(0.0, |least| least.clamp(-ENOUGH, ENOUGH))
}
