//! Age, overlaps, hours a week.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Paris;
use domain::applications::rules::{
    AgeRefusal, MAX_WEEKLY_MINUTES, Span, age_on, check_age, check_weekly, needs_guardian, overlaps, weekly_hours,
};
use domain::applications::waiting::{OFFER_HOURS, offered_until};
use domain::applications::{
    Applicant, ApplicantOrder, ApplicantSort, ApplicationStatus, ConsentStatus, OwnApplication, OwnConsent, by_turn,
};
use domain::ids::{ApplicationId, MissionId};
use domain::missions::MissionStatus;
use domain::network::TownRef;
use proptest::prelude::*;
use uuid::Uuid;

use crate::{at, day};

fn span(start: &str, end: &str) -> Span {
    (at(start), at(end))
}

#[test]
fn ages() {
    let cases = [
        ("2010-05-10", "2026-05-09", 15),
        ("2010-05-10", "2026-05-10", 16),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2028-02-28", 19),
        ("2008-02-29", "2028-02-29", 20),
        ("2010-12-31", "2026-01-01", 15),
        ("2030-01-01", "2026-01-01", 0),
    ];
    for (birth, on, age) in cases {
        assert_eq!(age_on(day(birth), day(on)), age, "{birth} {on}");
    }
}

#[test]
fn the_age_is_that_of_the_day_in_paris() {
    // 23:30 UTC on 9 May is 10 May in Paris: the birthday.
    let slot = at("2026-05-09T22:30:00Z");
    assert_eq!(check_age(day("2010-05-10"), slot, true), Ok(()));
    assert_eq!(check_age(day("2010-05-10"), at("2026-05-09T21:30:00Z"), true), Err(AgeRefusal::BelowMinimum));
    assert_eq!(check_age(day("2010-05-10"), slot, false), Err(AgeRefusal::AdultsOnly));
    assert_eq!(check_age(day("2008-05-10"), slot, false), Ok(()));
    assert!(needs_guardian(day("2008-05-11"), slot));
    assert!(!needs_guardian(day("2008-05-10"), slot));
}

#[test]
fn one_may_begin_when_the_other_ends() {
    let morning = span("2026-06-01T08:00:00Z", "2026-06-01T10:00:00Z");
    assert!(!overlaps(morning, span("2026-06-01T10:00:00Z", "2026-06-01T12:00:00Z")));
    assert!(overlaps(morning, span("2026-06-01T09:59:59Z", "2026-06-01T12:00:00Z")));
    assert!(overlaps(morning, span("2026-06-01T08:30:00Z", "2026-06-01T09:00:00Z")));
    assert!(overlaps(morning, morning));
}

#[test]
fn a_slot_across_monday_counts_in_both_weeks() {
    // Sunday 31 May 22:00 to Monday 1 June 03:00 in Paris.
    let night = span("2026-05-31T20:00:00Z", "2026-06-01T01:00:00Z");
    assert_eq!(weekly_hours(&[night]), BTreeMap::from([((2026, 22), 120), ((2026, 23), 180)]));
    // Across the new year, in one week of 2026.
    let new_year = span("2026-12-31T21:00:00Z", "2027-01-01T01:00:00Z");
    assert_eq!(weekly_hours(&[new_year]), BTreeMap::from([((2026, 53), 240)]));
    let end_of_2026 = span("2027-01-03T22:00:00Z", "2027-01-04T00:30:00Z");
    assert_eq!(weekly_hours(&[end_of_2026]), BTreeMap::from([((2026, 53), 60), ((2027, 1), 90)]));
}

#[test]
fn nights_of_change_count_the_time_that_passes() {
    // 00:00 to 06:00 on the clock, both times.
    assert_eq!(weekly_hours(&[span("2026-03-28T23:00:00Z", "2026-03-29T04:00:00Z")])[&(2026, 13)], 300);
    assert_eq!(weekly_hours(&[span("2026-10-24T22:00:00Z", "2026-10-25T05:00:00Z")])[&(2026, 43)], 420);
    assert!(weekly_hours(&[span("2026-03-29T04:00:00Z", "2026-03-29T03:00:00Z")]).is_empty());
}

#[test]
fn twenty_four_hours_and_not_a_minute_more() {
    let full =
        [span("2026-06-01T06:00:00Z", "2026-06-01T18:00:00Z"), span("2026-06-02T06:00:00Z", "2026-06-02T18:00:00Z")];
    assert_eq!(check_weekly(&[], &full), Ok(()));
    assert_eq!(check_weekly(&full[..1], &full[1..]), Ok(()));
    let minute = [span("2026-06-03T06:00:00Z", "2026-06-03T06:01:00Z")];
    assert_eq!(check_weekly(&full, &minute), Err((2026, 23, MAX_WEEKLY_MINUTES + 1)));
    let next_week = [span("2026-06-08T06:00:00Z", "2026-06-08T18:00:00Z")];
    assert_eq!(check_weekly(&full, &next_week), Ok(()));
    // What was already too much elsewhere does not stop another week.
    assert_eq!(check_weekly(&[full[0], full[1], minute[0]], &next_week), Ok(()));
}

/// Minute by minute, with the time zone database.
fn counted(slots: &[Span]) -> BTreeMap<(i32, u32), u32> {
    let mut minutes = BTreeMap::new();
    for &(start, end) in slots {
        let mut cursor = start;
        while cursor < end {
            let week = Paris.from_utc_datetime(&cursor.naive_utc()).iso_week();
            *minutes.entry((week.year(), week.week())).or_default() += 1;
            cursor += TimeDelta::minutes(1);
        }
    }
    minutes
}

fn around() -> impl Strategy<Value = DateTime<Utc>> {
    let places = [
        "2026-03-29T01:00:00Z",
        "2026-10-25T01:00:00Z",
        "2026-12-31T23:00:00Z",
        "2027-01-03T23:00:00Z",
        "2024-12-29T23:00:00Z",
    ];
    (prop::sample::select(places.to_vec()), -3000_i64..3000)
        .prop_map(|(place, minutes)| at(place) + TimeDelta::minutes(minutes))
}

fn any_span() -> impl Strategy<Value = Span> {
    (around(), 0_i64..1800).prop_map(|(start, minutes)| (start, start + TimeDelta::minutes(minutes)))
}

proptest! {
    #[test]
    fn weeks_are_those_of_a_count_by_hand(slots in prop::collection::vec(any_span(), 0..4)) {
        let found = weekly_hours(&slots);
        prop_assert_eq!(&found, &counted(&slots));
        let total: i64 = slots.iter().map(|slot| (slot.1 - slot.0).num_minutes()).sum();
        prop_assert_eq!(found.values().map(|minutes| i64::from(*minutes)).sum::<i64>(), total);
    }

    #[test]
    fn overlap_is_mutual_and_means_a_common_minute(a in any_span(), b in any_span()) {
        prop_assert_eq!(overlaps(a, b), overlaps(b, a));
        let common = (a.1.min(b.1) - a.0.max(b.0)).num_minutes() > 0;
        prop_assert_eq!(overlaps(a, b), common);
    }

    #[test]
    fn age_never_goes_down(birth in 0_i64..20_000, days in 0_i64..20_000) {
        let birth = day("1970-01-01") + TimeDelta::days(birth);
        let on = birth + TimeDelta::days(days);
        let (today, tomorrow) = (age_on(birth, on), age_on(birth, on + TimeDelta::days(1)));
        prop_assert!(tomorrow == today || tomorrow == today + 1);
    }
}

#[test]
fn a_place_is_held_for_less_long_when_the_slot_is_near() {
    let start = at("2026-06-10T10:00:00Z");
    let held =
        |before: TimeDelta, hours| offered_until(start - before, start, hours).map(|until| until - (start - before));
    assert_eq!(held(TimeDelta::days(10), 24), Some(TimeDelta::hours(24)));
    assert_eq!(held(TimeDelta::days(10), 2), Some(TimeDelta::hours(2)));
    assert_eq!(held(TimeDelta::hours(20), 24), Some(TimeDelta::hours(5)));
    assert_eq!(held(TimeDelta::minutes(90), 24), Some(TimeDelta::minutes(30)));
    assert_eq!(held(TimeDelta::minutes(40), 24), Some(TimeDelta::minutes(20)), "half of the last hour");
    assert_eq!(held(TimeDelta::minutes(8), 24), Some(TimeDelta::minutes(5)));
    assert_eq!(held(TimeDelta::minutes(3), 24), Some(TimeDelta::minutes(3)), "until it begins");
    assert_eq!(held(TimeDelta::zero(), 24), None);
    assert_eq!(held(-TimeDelta::minutes(1), 24), None);
}

proptest! {
    /// Whoever is offered a place has five minutes at least, or what is left; no more than the mission says; answers before the
    /// slot; and has no less time where more is left. Nobody is offered one once it has begun.
    #[test]
    fn an_offer_ends_before_its_slot(
        before in -10_000_i64..4_000_000,
        more in 0_i64..10_000,
        hours in prop::sample::select(OFFER_HOURS.to_vec()),
    ) {
        let now = at("2026-03-28T12:00:00Z");
        let left = TimeDelta::seconds(before);
        if let Some(until) = offered_until(now, now + left, hours) {
            let held = until - now;
            prop_assert!(held <= left && held >= TimeDelta::minutes(5).min(left) && held > TimeDelta::zero());
            prop_assert!(held <= TimeDelta::hours(i64::from(hours)));
            let later = offered_until(now, now + left + TimeDelta::seconds(more), hours);
            prop_assert!(later.is_some_and(|later| later >= until));
        } else {
            prop_assert!(left <= TimeDelta::zero());
        }
    }
}

/// An application of the volunteer's, known by its number.
fn own(number: u128, status: ApplicationStatus) -> OwnApplication {
    OwnApplication {
        id: ApplicationId(Uuid::from_u128(number)),
        status,
        reason: None,
        mission: (MissionId(Uuid::from_u128(1)), "colis".to_owned(), "Colis".to_owned()),
        mission_status: MissionStatus::Published,
        organisation: "Les Voisins".to_owned(),
        town: TownRef { insee: "83126".to_owned(), name: "La Seyne-sur-Mer".to_owned(), slug: "la-seyne".to_owned() },
        address: String::new(),
        practical: None,
        slots: Vec::new(),
        sent_at: at("2026-05-01T08:00:00Z"),
        withdrawable: false,
        position: None,
        held_until: None,
        messages: false,
        unread: false,
        near: None,
        asked: Vec::new(),
        removable: Vec::new(),
        further: false,
        moves: false,
        consent: None,
    }
}

#[test]
fn what_waits_for_the_volunteer_comes_first() {
    use ApplicationStatus::{Accepted, Attended, Declined, Offered, Pending, Waitlisted};
    let now = at("2026-05-10T08:00:00Z");
    let held = |number, until| OwnApplication { held_until: Some(at(until)), ..own(number, Offered) };
    let consent = |status: Option<ConsentStatus>| Some(OwnConsent { status, email: String::new(), askable: true });
    let live = vec![
        held(1, "2026-05-10T08:00:01Z"),
        held(2, "2026-05-10T08:00:00Z"),
        own(3, Accepted),
        OwnApplication { unread: true, ..own(4, Accepted) },
        OwnApplication { consent: consent(None), ..own(5, Pending) },
        OwnApplication { consent: consent(Some(ConsentStatus::Asked)), ..own(6, Pending) },
        own(7, Waitlisted),
    ];
    let past = vec![own(8, Attended), OwnApplication { unread: true, ..own(9, Declined) }];
    let parts = by_turn(live, past, now);
    let numbers = parts.map(|part| part.iter().map(|own| own.id.0.as_u128()).collect::<Vec<_>>());
    assert_eq!(numbers, [vec![1, 4, 5, 9], vec![3], vec![2, 6, 7], vec![8]]);
}

fn applicant(number: u128, name: &str, status: ApplicationStatus, sent_at: &str) -> Applicant {
    Applicant {
        id: ApplicationId(Uuid::from_u128(number)),
        status,
        name: name.to_owned(),
        email: None,
        phone: None,
        minor: false,
        consented: false,
        unacknowledged: false,
        kept_home: false,
        message: String::new(),
        slots: Vec::new(),
        reason: None,
        sent_at: at(sent_at),
        position: None,
        held_until: None,
        messages: false,
        unread: false,
        open: false,
        last_message: None,
    }
}

#[test]
fn the_table_of_applicants_has_three_orders_and_their_reverses() {
    use ApplicationStatus::{Accepted, Pending, Waitlisted};
    let second = Applicant { position: Some(2), ..applicant(4, "Bob", Waitlisted, "2026-05-01T08:00:00Z") };
    let first = Applicant { position: Some(1), ..applicant(5, "Zoé", Waitlisted, "2026-05-04T08:00:00Z") };
    let people = vec![
        applicant(1, "élodie", Accepted, "2026-05-03T08:00:00Z"),
        applicant(2, "Denis", Pending, "2026-05-05T08:00:00Z"),
        applicant(3, "denis", Pending, "2026-05-02T08:00:00Z"),
        second,
        first,
    ];
    let sorted = |by: &str, way: &str| {
        let mut people = people.clone();
        if let Some(order) = ApplicantOrder::parse(by, way) {
            order.sort(&mut people);
        }
        people.iter().map(|one| one.id.0.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(sorted("nom", ""), [4, 3, 2, 1, 5], "whatever the accents and capitals; then who applied first");
    assert_eq!(sorted("nom", "desc"), [5, 1, 2, 3, 4]);
    assert_eq!(sorted("date", ""), [4, 3, 1, 5, 2]);
    assert_eq!(sorted("date", "desc"), [2, 5, 1, 3, 4]);
    assert_eq!(sorted("etat", ""), [3, 2, 1, 5, 4], "the waiting list by its places");
    assert_eq!(sorted("etat", "desc"), [4, 5, 1, 2, 3]);
    for unknown in ["", "email", "Nom", "nom; drop"] {
        assert_eq!(ApplicantOrder::parse(unknown, "desc"), None, "{unknown}");
    }
    let named = ApplicantOrder { by: ApplicantSort::Name, descending: false };
    assert_eq!(ApplicantOrder::parse("nom", "sideways"), Some(named));
}
