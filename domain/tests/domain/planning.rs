//! Slots that repeat, and slots that are taken up again.

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, Utc};
use domain::{
    error::Problem,
    missions::{SlotKind, SlotLine, SlotPlan, content::MAX_SLOTS},
    paris,
    planning::{
        Agenda, AgendaSlot, Pattern, Rhythm, Verdict, extended, moved,
        pattern::{MAX_DAYS, made},
    },
    reviews::due::OpenDays,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{at, day};

fn clock(text: &str) -> NaiveTime {
    at(&format!("2026-01-01T{text}:00Z")).time()
}

/// Tuesdays and Saturdays of some weeks, from nine to noon.
fn pattern(first: &str, last: &str) -> Pattern {
    Pattern {
        days: OpenDays::from_numbers(["2", "6"]).unwrap_or_default(),
        rhythm: Rhythm::Weekly,
        first: day(first),
        last: day(last),
        start: clock("09:00"),
        end: clock("12:00"),
        places: 3,
        skip_holidays: false,
        alsace_moselle: false,
    }
}

fn long_ago() -> DateTime<Utc> {
    at("2020-01-01T00:00:00Z")
}

fn verdicts(pattern: &Pattern, existing: &[SlotPlan], now: DateTime<Utc>) -> Vec<(String, Verdict)> {
    pattern.propose(existing, now).iter().map(|one| (one.day.to_string(), one.verdict)).collect()
}

fn slot(starts_at: &str, ends_at: &str) -> SlotPlan {
    SlotPlan {
        id: Uuid::from_u128(7),
        kind: SlotKind::Dated,
        starts_at: at(starts_at),
        ends_at: at(ends_at),
        places: 1,
        organisation: None,
    }
}

#[test]
fn it_names_its_days_every_week_or_every_other_one() {
    let weekly = pattern("2026-12-01", "2026-12-12");
    let days: Vec<String> = weekly.dates().map(|day| day.to_string()).collect();
    assert_eq!(days, ["2026-12-01", "2026-12-05", "2026-12-08", "2026-12-12"]);
    // Weeks are those of the calendar, from the week of the first day, whichever day that is.
    let fortnightly = Pattern { rhythm: Rhythm::Fortnightly, ..pattern("2026-12-03", "2026-12-20") };
    let days: Vec<String> = fortnightly.dates().map(|day| day.to_string()).collect();
    assert_eq!(days, ["2026-12-05", "2026-12-15", "2026-12-19"]);
}

#[test]
fn what_is_there_is_left_out_and_what_touches_it_is_not() {
    let existing = [
        slot("2026-12-01T08:00:00Z", "2026-12-01T11:00:00Z"),
        slot("2026-12-05T10:00:00Z", "2026-12-05T13:00:00Z"),
        slot("2026-12-08T11:00:00Z", "2026-12-08T12:00:00Z"),
        SlotPlan { kind: SlotKind::OpenPeriod, ..slot("2026-11-30T23:00:00Z", "2027-01-01T23:00:00Z") },
    ];
    let found = verdicts(&pattern("2026-12-01", "2026-12-08"), &existing, long_ago());
    let wanted = [("2026-12-01", Verdict::Same), ("2026-12-05", Verdict::Overlaps), ("2026-12-08", Verdict::New)];
    assert_eq!(found, wanted.map(|(day, verdict)| (day.to_owned(), verdict)));
}

#[test]
fn what_has_begun_and_holidays_are_left_out() {
    let now = at("2026-12-22T09:00:00Z");
    let fridays = Pattern {
        days: OpenDays::from_numbers(["2", "5", "6"]).unwrap(),
        skip_holidays: true,
        ..pattern("2026-12-22", "2026-12-26")
    };
    let found = |pattern: Pattern| verdicts(&pattern, &[], now).into_iter().map(|(_, one)| one).collect::<Vec<_>>();
    assert_eq!(found(fridays), [Verdict::Past, Verdict::Holiday, Verdict::New]);
    let strasbourg = Pattern { alsace_moselle: true, ..fridays };
    assert_eq!(found(strasbourg), [Verdict::Past, Verdict::Holiday, Verdict::Holiday]);
    let kept = Pattern { skip_holidays: false, ..strasbourg };
    assert_eq!(found(kept), [Verdict::Past, Verdict::New, Verdict::New]);
}

#[test]
fn nights_end_on_the_next_day_and_hours_that_do_not_exist_are_left_out() {
    let sundays = OpenDays::from_numbers(["7"]).unwrap();
    let night =
        Pattern { days: sundays, start: clock("22:00"), end: clock("02:00"), ..pattern("2026-03-22", "2026-03-29") };
    let spans: Vec<_> = night.propose(&[], long_ago()).into_iter().filter_map(|one| one.span).collect();
    assert_eq!(spans[0], (at("2026-03-22T21:00:00Z"), at("2026-03-23T01:00:00Z")));
    assert_eq!(spans[1], (at("2026-03-29T20:00:00Z"), at("2026-03-30T00:00:00Z")));
    // The clocks go from two to three on the last Sunday of March.
    let skipped = Pattern { start: clock("02:30"), end: clock("05:00"), ..night };
    let found: Vec<Verdict> = skipped.propose(&[], long_ago()).iter().map(|one| one.verdict).collect();
    assert_eq!(found, [Verdict::New, Verdict::ClockChange]);
    // The last Sunday of October has 25 hours, and a slot 24 at most.
    let whole = Pattern { start: clock("01:00"), end: clock("01:00"), ..pattern("2026-10-18", "2026-10-25") };
    let whole = Pattern { days: sundays, ..whole };
    let found: Vec<Verdict> = whole.propose(&[], long_ago()).iter().map(|one| one.verdict).collect();
    assert_eq!(found, [Verdict::New, Verdict::ClockChange]);
}

#[test]
fn what_is_wrong_is_said_by_field() {
    let wrong = |pattern: Pattern| pattern.check().unwrap_err();
    let backwards = wrong(pattern("2026-12-02", "2026-12-01"));
    assert_eq!(backwards.get("last_day"), Some(&Problem::EndBeforeStart));
    let long = wrong(pattern("2026-12-01", "2027-12-02"));
    assert_eq!(long.get("last_day"), Some(&Problem::PatternTooLong { max_days: MAX_DAYS }));
    assert_eq!(pattern("2026-12-01", "2027-12-01").check(), Ok(()));
    let places = wrong(Pattern { places: 0, ..pattern("2026-12-01", "2026-12-01") });
    assert_eq!(places.get("places"), Some(&Problem::OutOfRange { min: 1, max: 500 }));
}

#[test]
fn a_mission_has_room_for_so_many() {
    let daily = Pattern { days: OpenDays::ALL, ..pattern("2026-12-01", "2027-06-01") };
    let proposed = daily.propose(&[], long_ago());
    let problem = |existing| made(&proposed[..90], existing).err().and_then(|errors| errors.get("last_day").cloned());
    assert_eq!(made(&proposed[..90], MAX_SLOTS - 90).map(|made| made.len()), Ok(90));
    assert_eq!(problem(MAX_SLOTS - 89), Some(Problem::NoRoomForSlots { max: 100, left: 89 }));
    assert_eq!(made(&[], 0).unwrap_err().get("last_day"), Some(&Problem::NoNewSlot));
}

#[test]
fn a_copy_keeps_its_days_and_hours_across_the_change_of_clocks() {
    let slots = [
        slot("2026-10-20T07:00:00Z", "2026-10-20T10:00:00Z"),
        slot("2026-10-22T16:00:00Z", "2026-10-22T18:00:00Z"),
        SlotPlan { kind: SlotKind::OpenPeriod, ..slot("2026-10-19T22:00:00Z", "2026-10-31T23:00:00Z") },
    ];
    let mut next = 100;
    let copies = moved(&slots, at("2026-11-27T10:00:00Z"), || {
        next += 1;
        Uuid::from_u128(next)
    });
    let spans: Vec<_> = copies.iter().map(|slot| (slot.starts_at, slot.ends_at)).collect();
    // Six weeks later, Tuesday at nine still is nine, in winter.
    assert_eq!(
        spans,
        [
            (at("2026-11-30T23:00:00Z"), at("2026-12-12T23:00:00Z")),
            (at("2026-12-01T08:00:00Z"), at("2026-12-01T11:00:00Z")),
            (at("2026-12-03T17:00:00Z"), at("2026-12-03T19:00:00Z")),
        ]
    );
    assert!(copies.iter().all(|copy| slots.iter().all(|slot| slot.id != copy.id)));
    assert_eq!(moved(&[], at("2026-11-27T10:00:00Z"), Uuid::nil), []);
}

#[test]
fn what_lies_ahead_stays_where_it_is() {
    let ahead = [slot("2026-12-20T07:00:00Z", "2026-12-20T10:00:00Z")];
    let copies = moved(&ahead, at("2026-11-27T10:00:00Z"), || Uuid::from_u128(9));
    assert_eq!(copies[0].when(), ahead[0].when());
    // Of this very morning: next week.
    let today = [slot("2026-11-27T07:00:00Z", "2026-11-27T09:00:00Z")];
    let copies = moved(&today, at("2026-11-27T10:00:00Z"), || Uuid::from_u128(9));
    assert_eq!(copies[0].starts_at, at("2026-12-04T07:00:00Z"));
}

#[test]
fn a_slot_gets_more_places_and_a_period_a_later_end() {
    let now = at("2026-11-27T10:00:00Z");
    let dated = slot("2026-12-01T08:00:00Z", "2026-12-01T11:00:00Z");
    let end = Some(at("2026-12-31T23:00:00Z"));
    let more = extended(&dated, 5, end, 1, now).unwrap();
    assert_eq!((more.id, more.places, more.when()), (dated.id, 5, dated.when()), "hours stay");
    let wrong = |plan: &SlotPlan, places, end, taken| extended(plan, places, end, taken, now).unwrap_err();
    assert_eq!(wrong(&dated, 1, None, 2).get("places"), Some(&Problem::PlacesBelowTaken { taken: 2 }));
    assert_eq!(wrong(&dated, 0, None, 0).get("places"), Some(&Problem::OutOfRange { min: 1, max: 500 }));
    let period = SlotPlan { kind: SlotKind::OpenPeriod, ..slot("2026-11-19T23:00:00Z", "2026-12-09T23:00:00Z") };
    assert_eq!(extended(&period, 1, end, 1, now).map(|plan| Some(plan.ends_at)), Ok(end));
    let sooner = Some(at("2026-12-04T23:00:00Z"));
    assert_eq!(wrong(&period, 1, sooner, 1).get("last_date"), Some(&Problem::NotEarlier));
    assert_eq!(extended(&period, 1, sooner, 0, now).map(|plan| Some(plan.ends_at)), Ok(sooner));
    assert_eq!(wrong(&period, 1, Some(at("2026-11-25T23:00:00Z")), 0).get("last_date"), Some(&Problem::DateInPast));
    let year = Some(at("2028-01-01T23:00:00Z"));
    assert_eq!(wrong(&period, 1, year, 0).get("last_date"), Some(&Problem::SlotTooLong { max_hours: 366 * 24 }));
}

#[test]
fn slots_at_risk_come_first_each_part_in_order_of_time() {
    let line = |id: u128, day: &str, taken: u32| SlotLine {
        id: Uuid::from_u128(id).into(),
        kind: SlotKind::Dated,
        starts_at: at(day),
        ends_at: at(day) + TimeDelta::hours(2),
        places: 3,
        taken,
        cancelled: false,
        organisation: None,
    };
    let one = |slot: SlotLine, unanswered, open| AgendaSlot {
        mission: (Uuid::from_u128(1).into(), "Colis".to_owned()),
        slot,
        unanswered,
        offered: 0,
        open,
        suspended: false,
        left: Vec::new(),
        cover: false,
    };
    let held = AgendaSlot { offered: 1, ..one(line(5, "2026-12-04T08:00:00Z", 3), 0, true) };
    let agenda = Agenda {
        organisation: Uuid::from_u128(1).into(),
        offers: 0,
        unread: Vec::new(),
        to_validate: 0,
        slots: vec![
            one(line(1, "2026-12-01T08:00:00Z", 3), 0, true),
            one(line(2, "2026-12-03T08:00:00Z", 2), 0, true),
            one(line(3, "2026-12-02T08:00:00Z", 3), 1, true),
            one(line(4, "2026-11-30T08:00:00Z", 1), 0, false),
            held,
        ],
        now: at("2026-11-27T10:00:00Z"),
    };
    let paused = AgendaSlot { suspended: true, ..one(line(6, "2026-12-04T08:00:00Z", 3), 0, false) };
    assert!(paused.is_at_risk() && paused.unfilled() == 0, "what is suspended is not all set");
    let order: Vec<u128> = agenda.sorted().slots.iter().map(|one| one.slot.id.0.as_u128()).collect();
    assert_eq!(order, [3, 2, 5, 4, 1], "where nobody may come any more, nothing is missing; an offer is no yes");
}

prop_compose! {
    fn any_pattern()(
        days in 1u8..=127,
        two in any::<bool>(),
        start_day in 0u64..3000,
        length in 0u64..366,
        start in 0u32..1440,
        end in 0u32..1440,
        skip_holidays in any::<bool>(),
        alsace_moselle in any::<bool>(),
    ) -> Pattern {
        let first = day("2024-01-01") + Days::new(start_day);
        let clock = |minutes: u32| NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap_or_default();
        Pattern {
            days: OpenDays::from_bits(days).unwrap_or_default(),
            rhythm: if two { Rhythm::Fortnightly } else { Rhythm::Weekly },
            first,
            last: first + Days::new(length),
            start: clock(start),
            end: clock(end),
            places: 2,
            skip_holidays,
            alsace_moselle,
        }
    }
}

proptest! {
    #[test]
    fn every_slot_is_on_its_day_at_its_hours_and_after_the_one_before(pattern in any_pattern()) {
        prop_assert_eq!(pattern.check(), Ok(()));
        let proposed = pattern.propose(&[], long_ago());
        for one in &proposed {
            prop_assert!(pattern.days.has(one.day.weekday()));
            prop_assert!(pattern.first <= one.day && one.day <= pattern.last);
            if let Some((start, end)) = one.span {
                let (start, end) = (paris::to_paris(start), paris::to_paris(end));
                prop_assert_eq!((start.date(), start.time(), end.time()), (one.day, pattern.start, pattern.end));
                prop_assert!(end.date() == one.day || end.date() == one.day + Days::new(1));
            }
        }
        let made: Vec<_> = proposed.iter().filter(|one| one.verdict == Verdict::New).filter_map(|one| one.span).collect();
        for pair in made.windows(2) {
            prop_assert!(pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].0, "{:?}", pair);
        }
        for (start, end) in made {
            prop_assert!(start < end && end - start <= TimeDelta::hours(24));
        }
    }

    #[test]
    fn a_pattern_made_twice_makes_nothing_more(pattern in any_pattern()) {
        let plans: Vec<SlotPlan> = pattern
            .propose(&[], long_ago())
            .iter()
            .filter(|one| one.verdict == Verdict::New)
            .filter_map(|one| one.span)
            .map(|span| pattern.plan(Uuid::nil(), span))
            .collect();
        prop_assert!(pattern.propose(&plans, long_ago()).iter().all(|one| one.verdict != Verdict::New));
    }

    #[test]
    fn every_other_week_means_never_two_in_a_row(pattern in any_pattern()) {
        let weeks: Vec<_> = pattern.dates().map(|day| day - Days::new(u64::from(day.weekday().num_days_from_monday()))).collect();
        let step = if pattern.rhythm == Rhythm::Fortnightly { 2 } else { 1 };
        for pair in weeks.windows(2) {
            prop_assert_eq!((pair[1] - pair[0]).num_weeks() % step, 0);
        }
    }

    #[test]
    fn copies_lie_ahead_by_whole_weeks(starts in 0i64..60_000, length in 1i64..24, later in 0i64..60_000) {
        let from = at("2024-01-01T00:00:00Z") + TimeDelta::hours(starts);
        let slots = [SlotPlan { starts_at: from, ends_at: from + TimeDelta::hours(length), ..slot("2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z") }];
        let now = at("2024-01-01T00:00:00Z") + TimeDelta::hours(later);
        for copy in moved(&slots, now, || Uuid::from_u128(1)) {
            prop_assert!(copy.starts_at >= now);
            let (before, after) = (paris::to_paris(from), paris::to_paris(copy.starts_at));
            prop_assert_eq!(before.time(), after.time());
            prop_assert_eq!((after.date() - before.date()).num_days() % 7, 0);
            prop_assert!(from > now || copy.starts_at - now <= TimeDelta::hours(7 * 24 + 1));
        }
    }
}

mod fewer {
    use domain::{
        error::Problem,
        ids::ApplicationId,
        planning::{capped, check_chosen, proposed, surplus},
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    use crate::at;

    fn people(count: u128) -> Vec<ApplicationId> {
        (0..count).map(|number| ApplicationId(Uuid::from_u128(number))).collect()
    }

    #[test]
    fn those_who_came_last_are_proposed() {
        let four = people(4);
        assert_eq!(proposed(&four, 3), &four[3..]);
        assert_eq!(proposed(&four, 1), &four[1..]);
        assert!(proposed(&four, 4).is_empty() && proposed(&four, 9).is_empty());
        assert_eq!((surplus(4, 3), surplus(4, 4), surplus(0, 1)), (1, 0, 0));
    }

    #[test]
    fn exactly_as_many_as_needed_are_chosen_among_those_who_hold_a_place() {
        let four = people(4);
        let exactly = |n| Err(Problem::ChooseExactly { n });
        assert_eq!(check_chosen(&four, &four[2..], 2), Ok(()));
        assert_eq!(check_chosen(&four, &[], 4), Ok(()));
        assert_eq!(check_chosen(&four, &[], 2), exactly(2));
        assert_eq!(check_chosen(&four, &four[1..], 2), exactly(2));
        assert_eq!(check_chosen(&four, &[four[0], four[0]], 2), exactly(2), "the same person twice is one");
        assert_eq!(check_chosen(&four, &[four[0], ApplicationId(Uuid::from_u128(9))], 2), exactly(2));
        assert_eq!(check_chosen(&four, &four[..1], 4), exactly(0));
    }

    #[test]
    fn what_was_written_before_says_no_more_than_is_left() {
        let (before, after) = (at("2026-11-23T08:00:00Z"), at("2026-11-24T08:00:00Z"));
        let plan = super::slot("2026-12-01T09:00:00Z", "2026-12-01T12:00:00Z");
        let plan = domain::missions::SlotPlan { places: 6, ..plan };
        assert_eq!(capped(&plan, 2, after, before).places, 2);
        assert_eq!(capped(&plan, 8, after, before).places, 6);
        assert_eq!(capped(&plan, 2, before, after).places, 6, "somebody wanted more again, and the town reads it");
    }

    proptest! {
        #[test]
        fn the_proposal_can_be_sent_as_it_is(count in 0_u128..12, places in 0_u32..12) {
            let held = people(count);
            prop_assert_eq!(check_chosen(&held, proposed(&held, places), places), Ok(()));
        }
    }
}
