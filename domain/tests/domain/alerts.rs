//! When saved searches are looked at: quiet hours, mornings, Mondays, over both changes of hour.

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Europe::Paris;
use domain::{
    alerts::{
        Alert, AlertForm, Pace,
        rules::{AT_ONCE_EVERY, Found, Looked, UNSETTLED, is_quiet},
    },
    applications::rules::Span,
    crisis::{InForce, Measures, MeasuresStatus, Scope},
    error::Problem,
    ids::{MeasuresId, MunicipalityId},
    missions::SlotKind,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::at;

const fn looked(at: DateTime<Utc>) -> Looked {
    Looked { at, told_at: None }
}

#[test]
fn nothing_leaves_between_nine_in_the_evening_and_eight_in_the_morning() {
    // Winter, summer, and both days of change: hours by the clock in Paris.
    for (instant, quiet) in [
        ("2026-11-23T06:59:59Z", true),
        ("2026-11-23T07:00:00Z", false),
        ("2026-11-23T19:59:59Z", false),
        ("2026-11-23T20:00:00Z", true),
        ("2026-07-01T05:59:59Z", true),
        ("2026-07-01T06:00:00Z", false),
        ("2026-07-01T19:00:00Z", true),
        // 29 March: winter until 02:00, summer from 03:00.
        ("2026-03-28T19:59:59Z", false),
        ("2026-03-29T05:59:59Z", true),
        ("2026-03-29T06:00:00Z", false),
        ("2026-03-29T19:00:00Z", true),
        // 25 October: summer until 03:00, winter again from 02:00.
        ("2026-10-24T19:00:00Z", true),
        ("2026-10-25T06:59:59Z", true),
        ("2026-10-25T07:00:00Z", false),
        ("2026-10-25T19:59:59Z", false),
    ] {
        assert_eq!(is_quiet(at(instant)), quiet, "{instant}");
    }
}

#[test]
fn a_daily_one_is_looked_at_once_a_day_from_eight_over_both_changes() {
    for (made, first) in [
        ("2026-11-23T09:00:00Z", "2026-11-24T07:00:00Z"),
        // Made at night: the morning that follows.
        ("2026-11-23T23:30:00Z", "2026-11-24T07:00:00Z"),
        ("2026-03-28T09:00:00Z", "2026-03-29T06:00:00Z"),
        ("2026-10-24T09:00:00Z", "2026-10-25T07:00:00Z"),
    ] {
        let (made, first) = (at(made), at(first));
        assert!(!Pace::Daily.is_due(looked(made), None, made));
        assert!(!Pace::Daily.is_due(looked(made), None, first - TimeDelta::seconds(1)));
        assert!(Pace::Daily.is_due(looked(made), None, first), "{first}");
        assert!(Pace::Daily.is_due(looked(made), None, first + TimeDelta::hours(5)), "made up for");
        assert!(!Pace::Daily.is_due(looked(first), None, first + TimeDelta::hours(5)), "once");
        assert!(!Pace::Daily.is_due(looked(made), None, first + TimeDelta::hours(14)), "quiet again");
        assert!(Pace::Daily.is_due(looked(first), None, first + TimeDelta::hours(25)));
    }
}

#[test]
fn a_weekly_one_is_looked_at_on_monday_over_both_changes() {
    // Thursdays before the changes of hour, and an ordinary one; the Mondays after.
    for (made, monday) in [
        ("2026-11-26T09:00:00Z", "2026-11-30T07:00:00Z"),
        ("2026-03-26T09:00:00Z", "2026-03-30T06:00:00Z"),
        ("2026-10-22T09:00:00Z", "2026-10-26T07:00:00Z"),
    ] {
        let (made, monday) = (at(made), at(monday));
        for day in 0..4 {
            assert!(!Pace::Weekly.is_due(looked(made), None, made + TimeDelta::days(day)), "{made} {day}");
        }
        assert!(!Pace::Weekly.is_due(looked(made), None, monday - TimeDelta::seconds(1)));
        assert!(Pace::Weekly.is_due(looked(made), None, monday));
        assert!(Pace::Weekly.is_due(looked(made), None, monday + TimeDelta::days(2)), "made up for");
        assert!(!Pace::Weekly.is_due(looked(monday), None, monday + TimeDelta::days(6)));
        assert!(Pace::Weekly.is_due(looked(monday), None, monday + TimeDelta::hours(7 * 24 + 1)));
    }
}

#[test]
fn one_that_writes_at_once_waits_for_something_new_and_an_hour() {
    let (made, published) = (at("2026-11-23T09:00:00Z"), at("2026-11-23T10:00:00Z"));
    let due = |looked, newest, now| Pace::AtOnce.is_due(looked, newest, now);
    assert!(!due(looked(made), None, published));
    assert!(!due(looked(made), Some(made - UNSETTLED), published), "nothing new");
    assert!(due(looked(made), Some(published), published));
    // For a while it is looked again: what is written at the same instant may not be seen at once.
    assert!(due(looked(published), Some(published), published + TimeDelta::minutes(1)));
    assert!(!due(looked(published + UNSETTLED), Some(published), published + TimeDelta::minutes(6)));
    let told = Looked { at: published, told_at: Some(published) };
    let next = published + TimeDelta::minutes(30);
    assert!(!due(told, Some(next), next), "at most once an hour");
    assert!(due(told, Some(next), published + AT_ONCE_EVERY));
    // In the evening: in the morning.
    let evening = at("2026-11-23T20:30:00Z");
    assert!(!due(looked(made), Some(evening), evening));
    assert!(due(looked(made), Some(evening), at("2026-11-24T07:00:00Z")));
}

#[test]
fn a_search_is_read_and_shown_again() {
    let (domains, towns) = (vec!["food-aid".to_owned()], vec!["83126".to_owned()]);
    let form = AlertForm {
        words: "colis".to_owned(),
        domain: "food-aid".to_owned(),
        town: "83126".to_owned(),
        from: "2026-12-01".to_owned(),
        remote: "no".to_owned(),
        pace: "weekly".to_owned(),
    };
    let read = form.read(&domains, &towns);
    assert_eq!(read.as_ref().map(Alert::form), Ok(form.clone()));
    let bare = AlertForm { pace: "daily".to_owned(), ..AlertForm::default() };
    assert!(bare.read(&domains, &towns).is_ok(), "all missions");
    let wrong = AlertForm {
        words: "é".repeat(101),
        domain: "sport".to_owned(),
        town: "75056".to_owned(),
        from: "2026-02-30".to_owned(),
        remote: "maybe".to_owned(),
        pace: "hourly".to_owned(),
    };
    let errors = wrong.read(&domains, &towns).expect_err("all of it is wrong");
    for (field, problem) in [
        ("words", Problem::TooLong { max: 100 }),
        ("domain", Problem::NotAChoice),
        ("town", Problem::NotAChoice),
        ("from", Problem::NotADate),
        ("remote", Problem::NotAChoice),
        ("pace", Problem::NotAChoice),
    ] {
        assert_eq!(errors.get(field), Some(&problem));
    }
    let slower = AlertForm { pace: "daily".to_owned(), ..form.clone() }.read(&domains, &towns);
    let other = AlertForm { words: "repas".to_owned(), ..form }.read(&domains, &towns);
    let (read, slower, other) = (read.expect("a search"), slower.expect("a search"), other.expect("a search"));
    assert!(read.finds_the_same(&slower) && !read.finds_the_same(&other));
}

/// Whether somebody born then may take a mission with one slot, a week from now.
fn may_take(birth: Option<NaiveDate>, remote: bool, open_to_minors: bool, measures: &InForce) -> bool {
    let now = at("2026-11-23T09:00:00Z");
    let slots = [(SlotKind::Dated, (at("2026-11-30T09:00:00Z"), at("2026-11-30T12:00:00Z")))];
    Found { remote, open_to_minors, slots: &slots, measures }.may_be_taken(birth, now)
}

#[test]
fn ages_and_measures_keep_people_from_missions_and_an_unknown_age_from_none() {
    let (peace, born) = (InForce::default(), |day: &str| Some(day.parse::<NaiveDate>().expect("a day")));
    for (birth, adults_only, open) in [
        (born("2010-12-01"), false, false),
        // 16 on the day of the slot, not yet today.
        (born("2010-11-30"), false, true),
        (born("2008-12-01"), false, true),
        (born("2008-11-30"), true, true),
        (None, true, true),
    ] {
        assert_eq!(may_take(birth, false, false, &peace), adults_only, "{birth:?}");
        assert_eq!(may_take(birth, false, true, &peace), open, "{birth:?}");
    }
    let town = MunicipalityId(Uuid::from_u128(1));
    let measures = |last: &str| {
        let one = Measures {
            id: MeasuresId(Uuid::from_u128(2)),
            scope: Scope::Town(town),
            status: MeasuresStatus::InForce,
            first_day: "2026-11-20".parse().expect("a day"),
            last_day: last.parse().expect("a day"),
            domains: None,
            remote_from_age: Some(70),
            largest_group: None,
            has_rules: false,
            rules_version: 1,
        };
        InForce::of(town, [one])
    };
    let (during, before) = (measures("2026-11-30"), measures("2026-11-29"));
    for (birth, on_site) in [(born("1956-11-30"), false), (born("1956-12-01"), true), (None, true)] {
        assert_eq!(may_take(birth, false, false, &during), on_site, "{birth:?}");
        assert!(may_take(birth, true, false, &during), "{birth:?}, from home");
        assert!(may_take(birth, false, false, &before), "{birth:?}, over by then");
    }
}

#[test]
fn one_slot_that_fits_is_enough_and_one_that_has_begun_is_none() {
    let (now, peace) = (at("2026-11-23T09:00:00Z"), InForce::default());
    let span = |from: &str, until: &str| (at(from), at(until));
    let begun = span("2026-11-23T09:00:00Z", "2026-11-23T12:00:00Z");
    let ahead = span("2026-11-23T09:01:00Z", "2026-11-23T12:00:00Z");
    let takes = |slots: &[(SlotKind, Span)]| {
        Found { remote: false, open_to_minors: false, slots, measures: &peace }.may_be_taken(None, now)
    };
    assert!(!takes(&[]) && !takes(&[(SlotKind::Dated, begun)]));
    assert!(takes(&[(SlotKind::Dated, begun), (SlotKind::Dated, ahead)]));
    assert!(takes(&[(SlotKind::OpenPeriod, begun)]), "at one's own pace, until it ends");
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..60 * 24 * 800).prop_map(|minutes| at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes))
}

proptest! {
    #[test]
    fn quiet_hours_are_those_of_the_time_zone_database(now in instant()) {
        let hour = Paris.from_utc_datetime(&now.naive_utc()).hour();
        prop_assert_eq!(is_quiet(now), !(8..21).contains(&hour));
    }

    #[test]
    fn nothing_is_due_in_quiet_hours_nor_twice_at_one_instant(now in instant(), before in 0_i64..60 * 24 * 20) {
        let made = now - TimeDelta::minutes(before);
        for pace in Pace::ALL {
            let due = pace.is_due(looked(made), Some(now), now);
            prop_assert!(!(due && is_quiet(now)), "{}", pace);
            let again = pace.is_due(Looked { at: now, told_at: Some(now) }, Some(now), now);
            prop_assert!(!again, "{}", pace);
        }
    }

    #[test]
    fn whatever_waits_is_looked_at_within_its_time(made in instant()) {
        for (pace, hours) in [(Pace::AtOnce, 13), (Pace::Daily, 26), (Pace::Weekly, 24 * 7 + 2)] {
            let due = (0..=hours * 4).any(|quarter| {
                let now = made + TimeDelta::minutes(quarter * 15);
                pace.is_due(looked(made), Some(made), now)
            });
            prop_assert!(due, "{pace} {made}");
        }
    }
}
