//! When reminders are due: over both changes of hour, the new year, and for whoever was accepted late.

use chrono::{DateTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Europe::Paris;
use domain::{
    applications::{
        reminders::Reminder::{self, DayAfter, ThreeHours, TwoDays},
        rules::Span,
    },
    paris,
};
use proptest::prelude::*;

use crate::at;

/// A slot of two hours.
fn slot(start: &str) -> Span {
    (at(start), at(start) + TimeDelta::hours(2))
}

/// Long ago.
fn early() -> DateTime<Utc> {
    at("2026-01-01T00:00:00Z")
}

#[test]
fn they_leave_48_and_3_hours_before_and_the_morning_after() {
    let slot = slot("2026-11-27T08:00:00Z");
    for (kind, from, until) in [
        (TwoDays, "2026-11-25T08:00:00Z", "2026-11-26T08:00:00Z"),
        (ThreeHours, "2026-11-27T05:00:00Z", "2026-11-27T08:00:00Z"),
        (DayAfter, "2026-11-28T08:00:00Z", "2026-11-29T23:00:00Z"),
    ] {
        assert_eq!(kind.window(slot), (at(from), at(until)), "{kind:?}");
        assert!(!kind.is_due(slot, early(), at(from) - TimeDelta::seconds(1)));
        assert!(kind.is_due(slot, early(), at(from)));
        assert!(kind.is_due(slot, early(), at(until) - TimeDelta::seconds(1)));
        assert!(!kind.is_due(slot, early(), at(until)));
    }
}

#[test]
fn hours_before_a_slot_are_hours_that_pass() {
    // Sunday 29 March 2026, 10:00 in summer: 48 hours before is Friday 09:00 in winter.
    let spring = slot("2026-03-29T08:00:00Z");
    assert_eq!(TwoDays.window(spring).0, at("2026-03-27T08:00:00Z"));
    assert_eq!(paris::to_paris(TwoDays.window(spring).0).hour(), 9);
    // 03:30 in summer, an hour and a half after 01:00: the clock jumps from 02:00 to 03:00 in between.
    let night = slot("2026-03-29T01:30:00Z");
    assert_eq!(paris::to_paris(ThreeHours.window(night).0).to_string(), "2026-03-28 23:30:00");
    // Sunday 25 October 2026, 10:00 in winter: Friday 11:00 in summer.
    let autumn = slot("2026-10-25T09:00:00Z");
    assert_eq!(paris::to_paris(TwoDays.window(autumn).0).hour(), 11);
    // 02:30, the second time: three hours before, the clock showed half past midnight.
    let twice = slot("2026-10-25T01:30:00Z");
    assert_eq!(paris::to_paris(ThreeHours.window(twice).0).to_string(), "2026-10-25 00:30:00");
}

#[test]
fn the_morning_after_is_nine_by_the_clock_in_paris() {
    for (start, morning) in [
        // Across the spring change, in summer, across the autumn change, across the new year.
        ("2026-03-28T09:00:00Z", "2026-03-29T07:00:00Z"),
        ("2026-07-14T09:00:00Z", "2026-07-15T07:00:00Z"),
        ("2026-10-24T09:00:00Z", "2026-10-25T08:00:00Z"),
        ("2026-12-31T09:00:00Z", "2027-01-01T08:00:00Z"),
        // 22:00 to midnight was on the day that ends; 23:00 to 01:00 ends on the next.
        ("2026-12-31T21:00:00Z", "2027-01-01T08:00:00Z"),
        ("2026-12-31T22:00:00Z", "2027-01-02T08:00:00Z"),
    ] {
        assert_eq!(DayAfter.window(slot(start)).0, at(morning), "{start}");
    }
}

#[test]
fn who_was_accepted_late_is_told_nothing_twice() {
    let slot = slot("2026-11-27T12:00:00Z");
    let before = |hours: i64| slot.0 - TimeDelta::hours(hours);
    for (accepted, kind, due) in [
        (60, TwoDays, true),
        (59, TwoDays, false),
        (10, TwoDays, false),
        (10, ThreeHours, true),
        (4, ThreeHours, true),
        (3, ThreeHours, false),
        (1, DayAfter, true),
    ] {
        let accepted_at = before(accepted);
        let (from, _) = kind.window(slot);
        assert_eq!(kind.is_due(slot, accepted_at, from.max(accepted_at)), due, "{accepted} {kind:?}");
    }
}

#[test]
fn a_slot_goes_along_with_one_that_is_near() {
    let now = at("2026-11-25T08:00:00Z");
    let along = |kind: Reminder, start: &str| kind.may_go_along(slot(start), early(), now);
    assert!(along(TwoDays, "2026-11-27T08:00:00Z") && along(TwoDays, "2026-11-27T20:00:00Z"));
    assert!(!along(TwoDays, "2026-11-27T20:01:00Z"), "has its own");
    assert!(along(ThreeHours, "2026-11-25T14:00:00Z") && !along(ThreeHours, "2026-11-25T14:01:00Z"));
    assert!(!along(ThreeHours, "2026-11-25T08:00:00Z"), "has begun");
}

proptest! {
    /// What is due is among what is looked at, the morning is nine by a time zone database, and windows are not empty.
    #[test]
    fn nothing_that_is_due_is_overlooked(start in 1_700_000_000_i64..2_000_000_000, minutes in 15_i64..20 * 60, part in 0.0..1.0_f64) {
        let start = Utc.timestamp_opt(start, 0).single().unwrap_or_default();
        let slot = (start, start + TimeDelta::minutes(minutes));
        for kind in [TwoDays, ThreeHours, DayAfter] {
            let (from, until) = kind.window(slot);
            prop_assert!(from < until);
            #[expect(clippy::cast_possible_truncation, reason = "seconds of a few days")]
            #[expect(clippy::cast_precision_loss, reason = "seconds of a few days")]
            let now = from + TimeDelta::seconds(((until - from).num_seconds() as f64 * part) as i64);
            let (first, last) = kind.reach(now);
            let looked_at = if kind == DayAfter { slot.1 } else { slot.0 };
            prop_assert!(first <= looked_at && looked_at <= last, "{kind:?}");
        }
        let morning = DayAfter.window(slot).0.with_timezone(&Paris);
        prop_assert_eq!((morning.hour(), morning.minute()), (9, 0));
    }
}
