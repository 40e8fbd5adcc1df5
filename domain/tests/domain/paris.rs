//! Our Europe/Paris against the time zone database.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Paris;
use domain::paris;
use proptest::prelude::*;

use crate::{at, day};

fn same_as_database(instant: DateTime<Utc>) {
    let theirs = Paris.from_utc_datetime(&instant.naive_utc());
    assert_eq!(paris::offset_at(instant), theirs.offset().fix(), "{instant}");
    assert_eq!(paris::to_paris(instant), theirs.naive_local(), "{instant}");
    assert_eq!(paris::date(instant), theirs.date_naive(), "{instant}");
    let week = theirs.iso_week();
    assert_eq!(paris::iso_week(instant), (week.year(), week.week()), "{instant}");
}

fn same_from_local(local: NaiveDateTime) {
    let theirs = Paris.from_local_datetime(&local).earliest().map(|instant| instant.to_utc());
    assert_eq!(paris::from_paris(local), theirs, "{local}");
}

fn changes(year: i32) -> [NaiveDate; 2] {
    [3, 10].map(|month| {
        let last = day(&format!("{year}-{month:02}-31"));
        last - Days::new(u64::from(last.weekday().num_days_from_sunday()))
    })
}

#[test]
fn every_half_hour_around_every_change_from_1997_to_2099() {
    for change in (1997..=2099).flat_map(changes) {
        let noon_before = (change - Days::new(1)).and_hms_opt(12, 0, 0).unwrap();
        for step in 0..=96 {
            let moment = noon_before + TimeDelta::minutes(30 * step);
            for second in [-1, 0, 1] {
                let moment = moment + TimeDelta::seconds(second);
                same_as_database(moment.and_utc());
                same_from_local(moment);
            }
        }
    }
}

#[test]
fn every_midnight_from_1997_to_2099_and_every_week() {
    for local in day("1997-01-01").iter_days().take_while(|date| date.year() < 2100) {
        same_from_local(local.and_hms_opt(0, 0, 0).unwrap());
        assert_eq!(paris::to_paris(paris::midnight(local)), local.and_hms_opt(0, 0, 0).unwrap());
        let noon = local.and_hms_opt(12, 0, 0).unwrap().and_utc();
        same_as_database(noon);
        let (year, week) = paris::iso_week(noon);
        let (begin, end) = paris::week_bounds(year, week);
        assert!(begin <= noon && noon < end, "{noon}");
    }
}

#[test]
fn the_hours_of_change() {
    let local = |text: &str| text.parse::<NaiveDateTime>().unwrap();
    assert_eq!(paris::from_paris(local("2026-03-29T02:30:00")), None);
    assert_eq!(paris::from_paris(local("2026-03-29T03:00:00")), Some(at("2026-03-29T01:00:00Z")));
    assert_eq!(paris::from_paris(local("2026-10-25T02:30:00")), Some(at("2026-10-25T00:30:00Z")));
    assert_eq!(paris::from_paris(local("2026-10-25T03:00:00")), Some(at("2026-10-25T02:00:00Z")));
}

#[test]
fn weeks_of_new_year_and_of_changes() {
    assert_eq!(paris::week_bounds(2026, 53), (at("2026-12-27T23:00:00Z"), at("2027-01-03T23:00:00Z")));
    assert_eq!(paris::iso_week(at("2026-12-31T23:30:00Z")), (2026, 53));
    assert_eq!(paris::iso_week(at("2027-01-03T23:00:00Z")), (2027, 1));
    assert_eq!(paris::iso_week(at("2024-12-30T00:00:00Z")), (2025, 1));
    let hours = |(begin, end): (DateTime<Utc>, DateTime<Utc>)| (end - begin).num_hours();
    assert_eq!(hours(paris::week_bounds(2026, 13)), 7 * 24 - 1);
    assert_eq!(hours(paris::week_bounds(2026, 43)), 7 * 24 + 1);
}

#[test]
fn the_ends_of_time_do_not_panic() {
    for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        paris::iso_week(instant);
    }
    assert_eq!(paris::from_paris(NaiveDateTime::MIN), None);
    paris::week_bounds(i32::MAX, u32::MAX);
    paris::week_bounds(i32::MIN, 0);
}

proptest! {
    #[test]
    fn any_instant(seconds in at("1997-01-01T00:00:00Z").timestamp()..at("2100-01-01T00:00:00Z").timestamp()) {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap();
        same_as_database(instant);
        same_from_local(instant.naive_utc());
        let local = paris::to_paris(instant);
        let back = paris::from_paris(local).unwrap();
        prop_assert!(back == instant || back == instant - TimeDelta::hours(1));
    }
}

#[test]
fn figures_are_those_of_paris() {
    assert_eq!(paris::figures(at("2026-11-24T17:30:00Z")), "24/11/2026 18:30");
    assert_eq!(paris::figures(at("2026-06-30T22:05:00Z")), "01/07/2026 00:05");
}
