//! What stands between somebody and a slot: one reason, the one that applying would tell.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    applications::door::{Door, Engagement, Person, Queue, Shut, Terms, door, may_open, reason, still_shut, too_near},
    crisis::{InForce, Measures, MeasuresStatus, Scope},
    error::Problem,
    ids::{MeasuresId, MissionId, MunicipalityId, SlotId},
    missions::{SlotKind, SlotLine},
    paris,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{at, day};

const NOW: &str = "2026-06-01T08:00:00Z";

fn slot(start: &str, hours: i64, taken: u32) -> SlotLine {
    SlotLine {
        id: SlotId(Uuid::from_u128(1)),
        kind: SlotKind::Dated,
        starts_at: at(start),
        ends_at: at(start) + TimeDelta::hours(hours),
        places: 2,
        taken,
        cancelled: false,
        organisation: None,
    }
}

fn engagement(start: &str, hours: i64, town: Option<&str>) -> Engagement {
    Engagement {
        span: (at(start), at(start) + TimeDelta::hours(hours)),
        mission: MissionId(Uuid::from_u128(2)),
        title: "Collecte".to_owned(),
        town: town.map(str::to_owned),
    }
}

/// Three people wait.
const fn waiting(goes_first: bool) -> Queue {
    Queue { people: 3, goes_first }
}

/// For an adult, unless said otherwise.
fn asked(slot: &SlotLine, engagements: &[Engagement], birth: &str, now: DateTime<Utc>) -> Door {
    let measures = InForce::default();
    let terms = Terms { open_to_minors: false, remote: false, measures: &measures, opens_on: None, now };
    door(slot, waiting(false), terms, Person { birth: day(birth), engagements, applied: &[] })
}

#[test]
fn free_full_past_or_called_off() {
    let free = slot("2026-06-02T08:00:00Z", 3, 1);
    assert_eq!(asked(&free, &[], "1990-01-01", at(NOW)), Door::Open(1));
    let full = slot("2026-06-02T08:00:00Z", 3, 2);
    assert_eq!(asked(&full, &[], "1990-01-01", at(NOW)), Door::List(3));
    assert_eq!(asked(&full, &[], "1990-01-01", full.starts_at), Door::Shut(Shut::Full), "nobody waits any more");
    assert_eq!(asked(&free, &[], "1990-01-01", free.ends_at), Door::Shut(Shut::Over));
    let off = SlotLine { cancelled: true, ..free.clone() };
    assert_eq!(asked(&off, &[], "1990-01-01", at(NOW)), Door::Shut(Shut::CalledOff));
    let measures = InForce::default();
    let terms = Terms { open_to_minors: true, remote: false, measures: &measures, opens_on: None, now: at(NOW) };
    let person = Person { birth: day("1990-01-01"), engagements: &[], applied: &[free.id] };
    assert_eq!(door(&free, Queue::default(), terms, person), Door::Shut(Shut::Applied));
    let person = Person { applied: &[], ..person };
    assert_eq!(door(&free, waiting(false), terms, person), Door::Open(1), "none of those who wait may come");
    assert_eq!(door(&free, waiting(true), terms, person), Door::List(3), "they go first");
}

#[test]
fn age_measures_hours_and_what_is_at_the_same_time() {
    let free = slot("2026-06-02T08:00:00Z", 3, 0);
    let rule = |problem| Door::Shut(Shut::Rule(problem));
    assert_eq!(asked(&free, &[], "2012-01-01", at(NOW)), rule(Problem::BelowMinimumAge));
    assert_eq!(asked(&free, &[], "2009-01-01", at(NOW)), rule(Problem::AdultsOnly));
    let same = [engagement("2026-06-02T10:59:00Z", 2, None)];
    assert_eq!(asked(&free, &same, "1990-01-01", at(NOW)), Door::Shut(Shut::Clash("Collecte".to_owned())));
    let after = [engagement("2026-06-02T11:00:00Z", 2, None)];
    assert_eq!(asked(&free, &after, "1990-01-01", at(NOW)), Door::Open(2), "one ends, the other begins");
    let week = [engagement("2026-06-03T06:00:00Z", 12, None), engagement("2026-06-04T06:00:00Z", 10, None)];
    assert_eq!(asked(&free, &week, "1990-01-01", at(NOW)), rule(Problem::WeeklyLimit));
    let period = SlotLine { kind: SlotKind::OpenPeriod, ..slot("2026-06-01T00:00:00Z", 240, 0) };
    assert_eq!(asked(&period, &week, "1990-01-01", at(NOW)), Door::Open(2), "an open period has no hours");
}

#[test]
fn measures_keep_at_home_and_make_groups_small() {
    let town = MunicipalityId(Uuid::from_u128(1));
    let measures = InForce::of(
        town,
        [Measures {
            id: MeasuresId(Uuid::from_u128(9)),
            scope: Scope::Town(town),
            status: MeasuresStatus::InForce,
            first_day: day("2026-06-01"),
            last_day: day("2026-06-30"),
            domains: None,
            remote_from_age: Some(70),
            largest_group: Some(1),
            has_rules: false,
            rules_version: 1,
        }],
    );
    let ask = |birth: &str, remote, taken| {
        let terms = Terms { open_to_minors: false, remote, measures: &measures, opens_on: None, now: at(NOW) };
        let person = Person { birth: day(birth), engagements: &[], applied: &[] };
        door(&slot("2026-06-02T08:00:00Z", 3, taken), Queue::default(), terms, person)
    };
    assert_eq!(ask("1950-01-01", false, 0), Door::Shut(Shut::Rule(Problem::CrisisRemoteOnly { age: 70 })));
    assert_eq!(ask("1950-01-01", true, 0), Door::Open(2));
    assert_eq!((ask("1990-01-01", false, 0), ask("1990-01-01", false, 1)), (Door::Open(1), Door::List(0)));
}

#[test]
fn two_towns_within_the_hour() {
    let free = slot("2026-06-02T08:00:00Z", 2, 0);
    let near = |start, hours, town| too_near(&free, Some("83126"), &[engagement(start, hours, town)]).is_some();
    assert!(near("2026-06-02T10:59:00Z", 1, Some("83137")), "59 minutes after");
    assert!(!near("2026-06-02T11:00:00Z", 1, Some("83137")), "one hour is enough");
    assert!(!near("2026-06-02T06:00:00Z", 1, Some("83137")), "one hour before");
    assert!(near("2026-06-02T06:00:00Z", 2, Some("83137")), "no time at all between");
    assert!(!near("2026-06-02T10:30:00Z", 1, Some("83126")), "in the same town");
    assert!(!near("2026-06-02T10:30:00Z", 1, None), "from home");
    let other = [engagement("2026-06-02T10:30:00Z", 1, Some("83137"))];
    assert!(too_near(&free, None, &other).is_none(), "what is done from home is nowhere");
}

#[test]
fn one_reason_once_nothing_can_be_asked_for() {
    let (past, adults) = (Door::Shut(Shut::Over), Door::Shut(Shut::Rule(Problem::AdultsOnly)));
    assert_eq!(reason([&past, &adults, &Door::Open(1)]), None);
    assert_eq!(reason([&past, &Door::List(0)]), None);
    assert_eq!(reason([&past, &adults]), Some(&Shut::Rule(Problem::AdultsOnly)), "not that one of them is past");
    assert_eq!(reason([&past, &past]), Some(&Shut::Over));
    assert_eq!(reason(std::iter::empty::<&Door>()), None);
}

/// The door of a slot of a mission that opens on a day, for somebody who is free.
fn opening(slot: &SlotLine, opens_on: &str, birth: &str, now: &str) -> Door {
    let measures = InForce::default();
    let opens_on = Some(day(opens_on));
    let terms = Terms { open_to_minors: false, remote: false, measures: &measures, opens_on, now: at(now) };
    door(slot, Queue::default(), terms, Person { birth: day(birth), engagements: &[], applied: &[] })
}

#[test]
fn a_mission_opens_at_the_first_instant_of_its_day_in_paris() {
    let [free, full] = [0, 2].map(|taken| slot("2026-12-10T08:00:00Z", 3, taken));
    for (opens_on, before, from) in [
        ("2026-12-03", "2026-12-02T22:59:59Z", "2026-12-02T23:00:00Z"),
        // The days on which clocks change, and those after them.
        ("2026-03-29", "2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z"),
        ("2026-03-30", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"),
        ("2026-10-25", "2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z"),
        ("2026-10-26", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"),
    ] {
        let shut = Door::Shut(Shut::OpensOn(day(opens_on)));
        assert_eq!(opening(&free, opens_on, "1990-01-01", before), shut, "{opens_on}");
        assert_eq!(opening(&full, opens_on, "1990-01-01", before), shut, "nor is there a list: {opens_on}");
        assert_eq!(opening(&free, opens_on, "1990-01-01", from), Door::Open(2), "{opens_on}");
        assert_eq!(opening(&full, opens_on, "1990-01-01", from), Door::List(0), "{opens_on}");
    }
}

#[test]
fn what_is_over_is_told_first_and_a_rule_only_once_the_mission_is_open() {
    let opens = "2026-12-03";
    let shut = Door::Shut(Shut::OpensOn(day(opens)));
    let over = slot("2026-11-20T08:00:00Z", 3, 0);
    assert_eq!(opening(&over, opens, "1990-01-01", "2026-11-23T08:00:00Z"), Door::Shut(Shut::Over));
    let off = SlotLine { cancelled: true, ..slot("2026-12-10T08:00:00Z", 3, 0) };
    assert_eq!(opening(&off, opens, "1990-01-01", "2026-11-23T08:00:00Z"), Door::Shut(Shut::CalledOff));
    let to_come = slot("2026-12-10T08:00:00Z", 3, 0);
    assert_eq!(opening(&to_come, opens, "2009-06-01", "2026-11-23T08:00:00Z"), shut, "whatever the age");
    assert_eq!(reason([&Door::Shut(Shut::Over), &shut]), Some(&Shut::OpensOn(day(opens))));
}

#[test]
fn an_opening_is_neither_past_nor_after_the_last_slot() {
    // Half past midnight in Paris, on 3 December.
    let now = at("2026-12-02T23:30:00Z");
    let last = Some(at("2026-12-10T11:00:00Z"));
    assert_eq!(may_open(day("2026-12-03"), None, last, now), Ok(()), "today: at once");
    assert_eq!(may_open(day("2026-12-02"), None, last, now), Err(Problem::DateInPast));
    assert_eq!(may_open(day("2026-12-02"), Some(day("2026-12-02")), last, now), Ok(()), "it stands there already");
    assert_eq!(may_open(day("2026-12-02"), Some(day("2026-12-01")), last, now), Err(Problem::DateInPast));
    assert_eq!(may_open(day("2026-12-10"), None, last, now), Ok(()));
    assert_eq!(may_open(day("2026-12-11"), None, last, now), Err(Problem::AfterLastSlot));
    // An open period ends when its last day does.
    let period = Some(at("2026-12-10T23:00:00Z"));
    assert_eq!(may_open(day("2026-12-10"), None, period, now), Ok(()));
    assert_eq!(may_open(day("2026-12-11"), None, period, now), Err(Problem::AfterLastSlot));
    assert_eq!(may_open(day("2036-12-11"), None, None, now), Ok(()), "a draft without slots");
}

proptest! {
    #[test]
    fn a_mission_is_shut_until_its_day_begins(minutes in 0_i64..3 * 366 * 24 * 60, days in -800_i64..800) {
        let now = at("2025-01-01T00:00:00Z") + TimeDelta::minutes(minutes);
        let opens_on = paris::date(now) + TimeDelta::days(days);
        prop_assert_eq!(still_shut(Some(opens_on), now).is_some(), now < paris::midnight(opens_on));
        prop_assert_eq!(still_shut(None, now), None);
    }
}

#[test]
fn beside_a_live_application_only_what_is_free_and_shares_its_state() {
    let rule = |problem| Door::Shut(Shut::Rule(problem));
    assert_eq!(Door::Open(2).beside(true), Door::Open(2));
    assert_eq!(Door::List(3).beside(true), rule(Problem::FullBeside));
    for door in [Door::Open(2), Door::List(3)] {
        assert_eq!(door.beside(false), rule(Problem::AnswerFirst));
    }
    for joins in [true, false] {
        assert_eq!(Door::Shut(Shut::Applied).beside(joins), Door::Shut(Shut::Applied), "it says why already");
    }
}

#[test]
fn a_date_is_open_until_it_begins_and_a_period_until_it_ends() {
    let date = slot("2026-06-02T08:00:00Z", 3, 0);
    assert!(date.is_open(at("2026-06-02T07:59:59Z")) && !date.is_open(at("2026-06-02T08:00:00Z")));
    let period = SlotLine { kind: SlotKind::OpenPeriod, ..date.clone() };
    assert!(period.is_open(at("2026-06-02T10:59:59Z")) && !period.is_open(at("2026-06-02T11:00:00Z")));
    let off = SlotLine { cancelled: true, ..date };
    assert!(!off.is_open(at("2026-06-01T08:00:00Z")));
}
