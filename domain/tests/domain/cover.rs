//! Of which slots cover may be asked, of whom first, and what is told of them.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    alerts::rules::{is_quiet, leaves_at},
    cover::{
        AskedSlot, Crowd, Ground,
        rules::{AHEAD, FEWEST_TOLD, Fitting, crowd, grounds, month, ranked, word},
    },
    error::{Conflict, Problem},
    ids::AccountId,
    profiles::{Language, Means},
    suggestions::Reason,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{at, day};

fn slot(begins: DateTime<Utc>) -> AskedSlot {
    AskedSlot {
        online: true,
        cancelled: false,
        span: (begins, begins + TimeDelta::hours(3)),
        places: 4,
        taken: 3,
        opens_on: None,
    }
}

fn person(id: u128, points: u32, asked_at: Option<&str>, reasons: &[Reason]) -> Fitting {
    Fitting { who: AccountId(Uuid::from_u128(id)), points, asked_at: asked_at.map(at), reasons: reasons.to_vec() }
}

#[test]
fn cover_is_asked_for_a_slot_that_lacks_people_and_begins_soon() {
    // Ten in the morning in Paris.
    let now = at("2026-11-23T09:00:00Z");
    let tomorrow = slot(at("2026-11-24T09:00:00Z"));
    assert_eq!(tomorrow.check(now), Ok(()));
    for (wrong, why) in [
        (AskedSlot { online: false, ..tomorrow }, Conflict::CoverOffline),
        (AskedSlot { cancelled: true, ..tomorrow }, Conflict::CoverCancelled),
        (slot(now), Conflict::CoverBegun),
        (AskedSlot { taken: 4, ..tomorrow }, Conflict::CoverFull),
        (AskedSlot { places: 2, ..tomorrow }, Conflict::CoverFull),
        (slot(now + AHEAD + TimeDelta::seconds(1)), Conflict::CoverTooEarly),
    ] {
        assert_eq!(wrong.check(now), Err(why));
    }
    assert_eq!(slot(now + AHEAD).check(now), Ok(()));
    let opens_on = Some(day("2026-11-24"));
    let not_yet = Err(Conflict::OpensOn(day("2026-11-24")));
    assert_eq!(AskedSlot { opens_on, ..tomorrow }.check(now), not_yet, "nobody could offer their help");
    assert_eq!(AskedSlot { opens_on: Some(day("2026-11-23")), ..tomorrow }.check(now), Ok(()));
    assert_eq!(slot(now + TimeDelta::seconds(1)).check(now), Ok(()), "in daytime it leaves at once");
}

#[test]
fn what_would_leave_after_the_beginning_is_not_asked() {
    // Eleven in the evening in Paris: it leaves at eight.
    let night = at("2026-11-23T22:00:00Z");
    assert_eq!(leaves_at(night), at("2026-11-24T07:00:00Z"));
    assert_eq!(slot(at("2026-11-24T07:00:00Z")).check(night), Err(Conflict::CoverTooLate));
    assert_eq!(slot(at("2026-11-24T07:30:00Z")).check(night), Ok(()));
    // Three in the morning of the same day.
    let early = at("2026-11-24T02:00:00Z");
    assert_eq!(slot(at("2026-11-24T06:00:00Z")).check(early), Err(Conflict::CoverTooLate));
    assert_eq!(slot(at("2026-11-24T08:00:00Z")).check(early), Ok(()));
}

#[test]
fn the_best_fit_comes_first_then_whom_nobody_asked_then_whoever_was_asked_longest_ago() {
    let all = vec![
        person(1, 3, Some("2026-11-20T09:00:00Z"), &[]),
        person(2, 3, None, &[]),
        person(3, 7, Some("2026-11-22T09:00:00Z"), &[]),
        person(4, 3, Some("2026-10-01T09:00:00Z"), &[]),
        person(5, 3, None, &[]),
    ];
    let order: Vec<u128> = ranked(all).iter().map(|one| one.who.0.as_u128()).collect();
    assert_eq!(order, [3, 2, 5, 4, 1]);
}

#[test]
fn a_month_is_one_of_paris() {
    assert_eq!(month(at("2026-11-30T19:59:59Z")), 202_611);
    assert_eq!(month(at("2026-11-30T20:00:00Z")), 202_612);
    assert_eq!(month(at("2026-12-31T20:00:00Z")), 202_701);
    // In summer, Paris is two hours ahead.
    assert_eq!(month(at("2027-06-30T18:59:59Z")), 202_706);
    assert_eq!(month(at("2027-06-30T19:00:00Z")), 202_707);
}

#[test]
fn few_people_are_not_counted() {
    assert_eq!(crowd(0), Crowd::Nobody);
    assert_eq!((crowd(1), crowd(2)), (Crowd::Few, Crowd::Few));
    let told = [3, 4, 5, 9, 10, 19, 20, 49, 50, 4_000].map(crowd);
    assert_eq!(told, [3, 3, 5, 5, 10, 10, 20, 20, 50, 500].map(Crowd::AtLeast));
}

#[test]
fn reasons_are_counted_by_what_they_are() {
    let free =
        Reason::Moment(domain::missions::SlotKind::Dated, at("2026-11-24T09:00:00Z"), at("2026-11-24T12:00:00Z"));
    let car = Reason::Means(Means::Car);
    let all = [
        person(1, 1, None, &[Reason::Town, free.clone(), car.clone()]),
        person(2, 1, None, &[Reason::Neighbourhood, free.clone(), car.clone()]),
        person(3, 1, None, &[Reason::Near(4), free, car]),
        person(4, 1, None, &[Reason::Town, Reason::Language(Language::Arabic)]),
        person(5, 1, None, &[Reason::Town]),
        person(6, 1, None, &[Reason::Town]),
    ];
    assert_eq!(grounds(&all), [Ground::Near, Ground::Free, Ground::Means(Means::Car)]);
    // Three of five have it: the two who have not could be told.
    assert_eq!(grounds(&all[..5]), [Ground::Near]);
    assert_eq!(grounds(&all[..2]), []);
}

#[test]
fn a_word_holds_no_contact_details_and_is_short() {
    assert_eq!(word(""), Ok(String::new()));
    assert_eq!(word(" Il nous manque deux bras. "), Ok("Il nous manque deux bras.".to_owned()));
    assert_eq!(word("Appelez le 06 39 98 12 34"), Err(Problem::ContactDetails));
    assert_eq!(word("Écrivez à lou@voisins.example"), Err(Problem::ContactDetails));
    assert_eq!(word(&"é".repeat(300)).map(|word| word.chars().count()), Ok(300));
    assert_eq!(word(&"é".repeat(301)), Err(Problem::TooLong { max: 300 }));
    assert_eq!(word("a\0b"), Err(Problem::ControlCharacters));
}

fn any_person() -> impl Strategy<Value = Fitting> {
    let reasons = prop::collection::btree_set(0_u8..7, 0..7).prop_map(|chosen: BTreeSet<u8>| {
        let reason = |one: u8| match one {
            0 => Reason::Town,
            1 => Reason::Remote,
            2 => Reason::Liked,
            3 => Reason::Skill("cooking".to_owned()),
            4 => Reason::Skill("repairing".to_owned()),
            5 => Reason::Means(Means::Van),
            _ => Reason::Language(Language::Wolof),
        };
        chosen.into_iter().map(reason).collect::<Vec<_>>()
    });
    let asked = prop::option::of((0_i64..1000).prop_map(|hours| at("2026-01-01T00:00:00Z") + TimeDelta::hours(hours)));
    (any::<u128>(), 0_u32..4, asked, reasons).prop_map(|(id, points, asked_at, reasons)| Fitting {
        who: AccountId(Uuid::from_u128(id)),
        points,
        asked_at,
        reasons,
    })
}

proptest! {
    #[test]
    fn nothing_tells_of_fewer_than_three(people in prop::collection::vec(any_person(), 0..30)) {
        let (all, few) = (people.len(), usize::try_from(FEWEST_TOLD).unwrap());
        for ground in grounds(&people) {
            let having = people.iter().filter(|one| one.reasons.iter().any(|reason| Ground::of(reason) == ground)).count();
            prop_assert!(having >= few);
            prop_assert!(having == all || all - having >= few);
        }
    }

    #[test]
    fn one_more_or_one_less_is_mostly_not_told(people in 3_usize..1_000) {
        let Crowd::AtLeast(told) = crowd(people) else { panic!("three are told") };
        let told = usize::try_from(told).unwrap();
        prop_assert!(told <= people);
        prop_assert!(crowd(people + 1) == crowd(people) || crowd(people + 1) == Crowd::AtLeast(u32::try_from(people + 1).unwrap()));
    }

    #[test]
    fn nobody_is_lost_and_a_worse_fit_never_comes_first(people in prop::collection::vec(any_person(), 0..30)) {
        let order = ranked(people.clone());
        prop_assert_eq!(order.len(), people.len());
        for pair in order.windows(2) {
            prop_assert!(pair[0].points >= pair[1].points);
            prop_assert!(pair[0].points > pair[1].points || pair[0].asked_at <= pair[1].asked_at);
        }
    }

    #[test]
    fn what_is_asked_leaves_in_daytime_and_before_the_slot(minutes in 0_i64..2 * 365 * 24 * 60, ahead in 1_i64..15 * 24 * 60) {
        let now = at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes);
        let begins = now + TimeDelta::minutes(ahead);
        let leaves = leaves_at(now);
        prop_assert!(leaves >= now && !is_quiet(leaves) && leaves - now < TimeDelta::hours(13));
        prop_assert!(is_quiet(now) || leaves == now);
        if slot(begins).check(now).is_ok() {
            prop_assert!(leaves < begins && begins <= now + AHEAD);
        }
    }
}
