//! Four eyes and due dates.

use domain::reviews::{
    due::due_at,
    policy::{FourEyes, Refused, four_eyes},
};
use uuid::Uuid;

use crate::at;

#[test]
fn four_eyes_in_every_case() {
    let (ann, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
    // (author, administers, the town allows) -> outcome for Ann
    let cases = [
        (bob, false, false, Ok(FourEyes::Clean)),
        (bob, false, true, Ok(FourEyes::Clean)),
        (ann, false, false, Err(Refused)),
        (bob, true, false, Err(Refused)),
        (ann, true, false, Err(Refused)),
        (ann, false, true, Ok(FourEyes::ByException)),
        (bob, true, true, Ok(FourEyes::ByException)),
        (ann, true, true, Ok(FourEyes::ByException)),
    ];
    for (author, administers, allowed, outcome) in cases {
        assert_eq!(four_eyes(ann, author, administers, allowed), outcome, "{author} {administers} {allowed}");
    }
}

#[test]
fn due_in_plain_hours_whatever_the_clocks_do() {
    assert_eq!(due_at(at("2026-03-27T12:00:00Z"), 72), at("2026-03-30T12:00:00Z"));
    assert_eq!(due_at(at("2026-12-30T23:00:00Z"), 48), at("2027-01-01T23:00:00Z"));
}
