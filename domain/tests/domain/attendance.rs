//! When attendance is noted, for how many hours, and what becomes of an application.

use chrono::TimeDelta;
use domain::{
    applications::{ApplicationAction, ApplicationStatus},
    attendance::{
        AttendanceForm, AttendanceLine, Mark, outcome,
        rules::{Timing, Window, hours, minutes, reminding_since},
    },
    error::Problem,
    missions::SlotKind,
};
use proptest::prelude::*;

use crate::{at, day};

fn dated(from: &str, to: &str) -> Timing {
    Timing { kind: SlotKind::Dated, starts_at: at(from), ends_at: at(to) }
}

fn slot() -> Timing {
    dated("2026-06-02T07:00:00Z", "2026-06-02T10:00:00Z")
}

#[test]
fn organisations_are_reminded_from_nine_in_paris_on() {
    let since = |now: &str| reminding_since(at(now));
    for (now, morning) in
        [("2026-06-05T07:00:00Z", "2026-06-05T07:00:00Z"), ("2026-06-05T21:59:59Z", "2026-06-05T07:00:00Z")]
    {
        assert_eq!(since(now), Some(at(morning)), "{now}");
    }
    assert_eq!(since("2026-06-05T06:59:59Z"), None);
    assert_eq!(since("2026-06-05T22:00:00Z"), None, "a new day in Paris");
    assert_eq!(since("2026-12-05T07:30:00Z"), None, "winter");
    assert_eq!(since("2026-12-05T08:00:00Z"), Some(at("2026-12-05T08:00:00Z")));
}

fn line(mark: &str, hours: &str) -> AttendanceLine {
    AttendanceLine {
        application: "0190163d-8694-739b-aea5-966c26f8ad91".to_owned(),
        mark: mark.to_owned(),
        hours: hours.to_owned(),
        seen: 0,
        ..AttendanceLine::default()
    }
}

fn told(timing: Timing, lines: Vec<AttendanceLine>) -> Vec<(String, Problem)> {
    let form = AttendanceForm { lines, ..AttendanceForm::default() };
    let errors = form.read(timing).err().unwrap_or_default();
    errors.iter().map(|(field, problem)| (field.to_owned(), problem.clone())).collect()
}

#[test]
fn people_are_noted_from_half_an_hour_before_to_ninety_days_after() {
    let slot = slot();
    let opens = at("2026-06-02T06:30:00Z");
    assert_eq!(slot.window(opens - TimeDelta::seconds(1)), Window::From(opens));
    assert_eq!(slot.window(opens), Window::Open);
    let closes = slot.ends_at + TimeDelta::days(90);
    assert_eq!(slot.window(closes - TimeDelta::seconds(1)), Window::Open);
    assert_eq!(slot.window(closes), Window::Since(closes));
    assert!(!slot.may_validate(slot.ends_at - TimeDelta::seconds(1)), "not before it is over");
    assert!(slot.may_validate(slot.ends_at) && !slot.may_validate(closes));
}

#[test]
fn what_came_of_a_slot_is_said_once_it_is_over_until_the_hours_are_validated() {
    let (slot, accepted) = (slot(), ApplicationStatus::Accepted);
    let (ends, closes) = (slot.ends_at, slot.ends_at + TimeDelta::days(90));
    assert!(!slot.may_say(accepted, false, ends - TimeDelta::seconds(1)), "it is not over");
    assert!(slot.may_say(accepted, false, ends) && slot.may_say(accepted, false, closes - TimeDelta::seconds(1)));
    assert!(!slot.may_say(accepted, false, closes), "attendance is closed");
    assert!(!slot.may_say(accepted, true, ends), "the hours are validated");
    for status in ApplicationStatus::ALL.iter().filter(|status| **status != accepted) {
        assert!(!slot.may_say(*status, false, ends), "{status}: nobody expected them, or it is settled");
    }
    assert!(!Timing { kind: SlotKind::OpenPeriod, ..slot }.may_say(accepted, false, ends), "no day is meant");
}

#[test]
fn a_slot_in_the_night_of_a_change_of_hour_lasts_what_really_passes() {
    // 29 March 2026: 1:00 to 4:00 in Paris are two hours; 25 October: four.
    assert_eq!(dated("2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z").usual(), Some(120));
    assert_eq!(dated("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z").usual(), Some(240));
}

#[test]
fn the_most_hours_follow_the_slot() {
    assert_eq!(slot().most(), 300);
    assert_eq!(dated("2026-06-02T00:00:00Z", "2026-06-02T23:30:00Z").most(), 24 * 60);
    let open = |from, to| Timing { kind: SlotKind::OpenPeriod, ..dated(from, to) };
    assert_eq!(open("2026-06-01T00:00:00Z", "2026-06-07T20:00:00Z").most(), 24 * 60, "Monday to Sunday");
    assert_eq!(open("2026-06-07T00:00:00Z", "2026-06-08T20:00:00Z").most(), 48 * 60, "Sunday and Monday");
    assert_eq!(open("2026-05-31T22:00:00Z", "2026-06-07T22:00:00Z").most(), 24 * 60, "to the midnight after Sunday");
    assert_eq!(open("2026-06-01T00:00:00Z", "2026-06-30T00:00:00Z").usual(), None);
}

#[test]
fn hours_are_read_as_people_write_them() {
    let read = [("2", 120), ("2,5", 150), ("2.25", 135), ("2:30", 150), ("2h30", 150), ("2 h 30", 150), ("2H", 120)];
    for (typed, expected) in read {
        assert_eq!(minutes(typed), Ok(expected), "{typed}");
    }
    assert_eq!(minutes("0,33"), Ok(20), "to the nearest minute");
    assert_eq!(minutes(" "), Err(Problem::Required));
    for typed in ["deux", "2:60", "-1", "2,555", "1e3", "2:", ":30", "99999", "٢"] {
        let read = minutes(typed);
        assert!(read == Err(Problem::NotADuration) || typed == "2:" && read == Ok(120), "{typed}: {read:?}");
    }
}

#[test]
fn a_form_says_what_is_wrong_of_whom() {
    let lines = vec![line("", "x"), line("here", ""), line("late", "9"), line("present", "deux"), line("absent", "2")];
    let expected = [
        ("lines.1.mark", Problem::NotAChoice),
        ("lines.2.hours", Problem::HoursOutOfRange { most: 5 }),
        ("lines.3.hours", Problem::NotADuration),
    ];
    assert_eq!(told(slot(), lines), expected.map(|(field, problem)| (field.to_owned(), problem)));
    let open = Timing { kind: SlotKind::OpenPeriod, ..slot() };
    assert_eq!(told(open, vec![line("present", "")]), [("lines.0.hours".to_owned(), Problem::Required)]);
    assert_eq!(
        told(slot(), vec![line("present", "0")]),
        [("lines.0.hours".to_owned(), Problem::HoursOutOfRange { most: 5 })]
    );
    let form = AttendanceForm { lines: vec![line("present", ""), line("absent", "2")], ..AttendanceForm::default() };
    let noted = form.read(slot()).unwrap();
    assert_eq!(
        noted.iter().map(|noted| (noted.mark, noted.minutes)).collect::<Vec<_>>(),
        [(Mark::Present, 180), (Mark::Absent, 0)]
    );
}

#[test]
fn the_others_are_noted_at_once() {
    let mut form = AttendanceForm { lines: vec![line("absent", ""), line("", "")], ..AttendanceForm::default() };
    form.rest_came();
    let marks: Vec<Mark> = form.read(slot()).unwrap().iter().map(|noted| noted.mark).collect();
    assert_eq!(marks, [Mark::Absent, Mark::Present]);
}

#[test]
fn who_came_once_was_there() {
    assert_eq!(outcome(&[Mark::Absent, Mark::Late]), ApplicationAction::MarkAttended);
    assert_eq!(outcome(&[Mark::Absent, Mark::Replaced]), ApplicationAction::MarkAbsent);
}

proptest! {
    #[test]
    fn what_is_shown_is_read_back(given in 0_u32..100_000) {
        prop_assert_eq!(minutes(&hours(given)), Ok(given));
    }

    #[test]
    fn nothing_typed_is_a_fault(typed in "\\PC{0,12}") {
        let _ = minutes(&typed);
    }
}

#[test]
fn hours_of_an_open_period_are_of_the_year_of_its_last_day() {
    let open = |from, to| Timing { kind: SlotKind::OpenPeriod, ..dated(from, to) };
    let new_year = open("2026-12-14T23:00:00Z", "2027-01-31T23:00:00Z");
    assert_eq!(new_year.days(), (day("2026-12-15"), day("2027-01-31")));
    // It ends at the midnight that begins the year.
    let december = open("2026-11-30T23:00:00Z", "2026-12-31T23:00:00Z");
    assert_eq!(december.days().1, day("2026-12-31"));
    let night = dated("2026-12-31T21:00:00Z", "2027-01-01T01:00:00Z");
    assert_eq!(night.days(), (day("2026-12-31"), day("2026-12-31")), "a night is of the evening on which it begins");
}
