//! Months of one's own slots, by the clock in Paris, over both changes of hour.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use domain::{
    applications::{
        ApplicationStatus,
        month::{Month, is_shown, on},
    },
    paris,
};
use proptest::prelude::*;

use super::at;

#[test]
fn a_month_is_read_as_an_address_says_it() {
    assert_eq!(Month::parse("2026-12").map(|month| month.to_string()).as_deref(), Some("2026-12"));
    for wrong in
        ["", "2026", "2026-13", "2026-00", "26-12", "2026-1", "2026-12-01", "+026-12", "1999-12", "3000-01", "é026-1"]
    {
        assert_eq!(Month::parse(wrong), None, "{wrong}");
    }
    let december = Month::parse("2026-12").expect("a month");
    assert_eq!(december.before(), Month::parse("2026-11"));
    assert_eq!(december.after(), Month::parse("2027-01"));
    assert_eq!(Month::parse("2000-01").expect("a month").before(), None);
    assert_eq!(Month::parse("2999-12").expect("a month").after(), None);
}

#[test]
fn weeks_begin_on_monday_and_hold_the_whole_month() {
    // February 2027 begins on a Monday and fills four weeks; August 2026 begins on a Saturday and touches six.
    for (month, weeks, first, last) in
        [("2027-02", 4, "2027-02-01", "2027-02-28"), ("2026-08", 6, "2026-07-27", "2026-09-06")]
    {
        let shown = Month::parse(month).expect("a month").weeks();
        assert_eq!(shown.len(), weeks, "{month}");
        assert_eq!(shown.concat().first().map(ToString::to_string).as_deref(), Some(first));
        assert_eq!(shown.concat().last().map(ToString::to_string).as_deref(), Some(last));
    }
}

#[test]
fn a_slot_stands_on_each_day_that_it_touches_in_paris() {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    // In the evening of 31 October until after midnight, winter time: 22:00 to 01:00.
    let night = (at("2026-10-31T21:00:00Z"), at("2026-11-01T00:00:00Z"));
    assert!(on(day("2026-10-31"), night) && on(day("2026-11-01"), night) && !on(day("2026-11-02"), night));
    // Until midnight is not on the next day. In summer, midnight is 22:00 UTC.
    let evening = (at("2026-07-01T18:00:00Z"), at("2026-07-01T22:00:00Z"));
    assert!(on(day("2026-07-01"), evening) && !on(day("2026-07-02"), evening));
}

#[test]
fn what_does_not_take_place_for_somebody_is_not_shown() {
    let shown: Vec<&str> =
        ApplicationStatus::ALL.iter().filter(|status| is_shown(**status)).map(|status| status.as_str()).collect();
    assert_eq!(shown, ["pending", "accepted", "attended", "waitlisted", "offered"]);
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..60 * 24 * 1500).prop_map(|minutes| at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes))
}

proptest! {
    #[test]
    fn each_day_of_a_month_stands_once_and_weeks_are_whole(now in instant()) {
        let month = Month::of(paris::date(now));
        let days = month.weeks().concat();
        prop_assert!(days.windows(2).all(|pair| pair[0].succ_opt() == Some(pair[1])));
        prop_assert!(days.len() % 7 == 0 && days[0].weekday() == chrono::Weekday::Mon);
        prop_assert_eq!(days.iter().filter(|day| month.holds(**day)).count(), month.first().num_days_in_month() as usize);
        prop_assert_eq!(month.after().and_then(Month::before), Some(month));
        let (from, until) = month.span();
        prop_assert!(from <= now && now < until);
    }

    #[test]
    fn a_short_slot_stands_on_the_day_of_its_beginning(now in instant(), minutes in 1_i64..600) {
        let slot = (now, now + TimeDelta::minutes(minutes));
        prop_assert!(on(paris::date(now), slot));
        let before = paris::date(now).pred_opt();
        prop_assert!(before.is_some_and(|day| !on(day, slot)));
    }
}
