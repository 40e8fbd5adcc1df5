//! Periods, weeks, percentiles, and what is counted where.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use domain::{
    error::Problem,
    figures::{
        Applied, Ask, Counted, Decided, Decisions, Given, Held, LONGEST_DAYS, Measures, Moved, Period, Served, Tallied,
        Tally, Week, percentile,
    },
    ids::{AccountId, MunicipalityId},
    paris,
    reviews::{
        ReviewStatus,
        due::{Calendar, OpenDays},
    },
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{at, day};

fn period(first: &str, last: &str) -> Period {
    Period::new(day(first), day(last)).unwrap_or_else(|error| panic!("{first}, {last}: {error:?}"))
}

fn ask(weeks: &str, from: &str, to: &str) -> Ask {
    Ask { weeks: weeks.to_owned(), from: from.to_owned(), to: to.to_owned() }
}

#[test]
fn percentiles_by_the_nearest_rank() {
    // The example of the English Wikipedia: 15, 20, 35, 40, 50.
    let rank = |percent| percentile(&mut [50, 15, 40, 20, 35], percent);
    assert_eq!([5, 30, 40, 50, 100].map(rank), [15, 20, 20, 35, 50].map(Some));
    assert_eq!(percentile(&mut [], 50), None);
    assert_eq!((percentile(&mut [7], 0), percentile(&mut [7], 90)), (Some(7), Some(7)));
    let mut ten: Vec<u32> = (1..=10).collect();
    assert_eq!((percentile(&mut ten, 50), percentile(&mut ten, 90)), (Some(5), Some(9)));
}

#[test]
fn what_is_asked_is_read_or_told_wrong() {
    let today = day("2026-11-25");
    let read = |asked: Ask| Period::read(&asked, today);
    assert_eq!(read(Ask::default()).0, period("2026-08-31", "2026-11-25"), "thirteen weeks, this one included");
    assert_eq!(read(ask("4", "", "")).0, period("2026-11-02", "2026-11-25"));
    assert_eq!(read(ask("52", "", "")).0.weeks().len(), 52);
    assert_eq!(read(ask("7", "", "")).0, read(Ask::default()).0, "weeks that are not offered");
    let (given, errors) = read(ask("4", " 2026-01-01", "2026-01-31 "));
    assert!(errors.is_empty());
    assert_eq!(given, period("2026-01-01", "2026-01-31"), "days go before weeks");
    let wrong = |from: &str, to: &str| {
        let (shown, errors) = read(ask("4", from, to));
        assert_eq!(shown, read(Ask::default()).0);
        (errors.get("from").cloned(), errors.get("to").cloned())
    };
    assert_eq!(wrong("2026-01-01", ""), (None, Some(Problem::Required)));
    assert_eq!(wrong("hier", "2026-02-30"), (Some(Problem::NotADate), Some(Problem::NotADate)));
    assert_eq!(wrong("2026-02-01", "2026-01-31"), (None, Some(Problem::EndBeforeStart)));
    let longest = Problem::OutOfRange { min: 1, max: i64::from(LONGEST_DAYS) };
    assert_eq!(wrong("2020-01-01", "2026-01-01"), (None, Some(longest)));
    assert_eq!(wrong("-262143-01-01", "9999-12-31"), (Some(Problem::NotADate), Some(Problem::NotADate)));
}

#[test]
fn weeks_cross_new_year_and_the_changes_of_the_clock() {
    // 2026 has 53 weeks; its last one ends on 3 January 2027.
    let new_year = period("2026-12-30", "2027-01-05");
    let numbers: Vec<_> = new_year.weeks().iter().map(|week| (week.year, week.number)).collect();
    assert_eq!(numbers, [(2026, 53), (2027, 1)]);
    // Sunday 23:59 and Monday 00:00 in Paris, in winter.
    assert_eq!(new_year.week_index(at("2027-01-03T22:59:59Z")), Some(0));
    assert_eq!(new_year.week_index(at("2027-01-03T23:00:00Z")), Some(1));
    // The week of the spring change, which has 167 hours: its bounds are one hour nearer.
    let spring = period("2026-03-23", "2026-04-05");
    assert_eq!(spring.bounds(), (at("2026-03-22T23:00:00Z"), at("2026-04-05T22:00:00Z")));
    assert_eq!(spring.week_index(at("2026-03-29T21:59:59Z")), Some(0));
    assert_eq!(spring.week_index(at("2026-03-29T22:00:00Z")), Some(1));
    assert_eq!(spring.week_index(at("2026-03-22T22:59:59Z")), None);
    assert_eq!(spring.week_index(at("2026-04-05T22:00:00Z")), None);
}

fn town(number: u128) -> MunicipalityId {
    MunicipalityId(Uuid::from_u128(number))
}

#[test]
fn a_small_world_counted_by_hand() {
    let mut tally = Tally::new(period("2026-11-09", "2026-11-22"));
    let decide = |at, town, outcome, hours, in_time| Decided { town, outcome, hours, in_time, at };
    let (monday, next) = (at("2026-11-09T09:00:00Z"), at("2026-11-16T09:00:00Z"));
    tally.decided(&decide(monday, town(1), ReviewStatus::GreenLight, 10, true));
    tally.decided(&decide(monday, town(1), ReviewStatus::Refused, 90, false));
    tally.decided(&decide(next, town(2), ReviewStatus::ChangesRequested, 30, true));
    tally.decided(&decide(at("2026-11-23T09:00:00Z"), town(1), ReviewStatus::GreenLight, 1, true));
    tally.decided(&decide(monday, town(1), ReviewStatus::Waiting, 1, true));
    tally.held(&Held { town: town(1), places: 5, at: monday });
    tally.held(&Held { town: town(2), places: 4, at: next });
    let (ana, bob) = (AccountId(Uuid::from_u128(8)), AccountId(Uuid::from_u128(9)));
    let serve = |town, volunteer, minutes, at| Served { town, volunteer, came: true, minutes, at };
    tally.served(&serve(town(1), ana, Some(150), monday));
    tally.served(&serve(town(2), ana, Some(150), next));
    tally.served(&serve(town(1), bob, None, next));
    let eve = AccountId(Uuid::from_u128(10));
    tally.served(&Served { came: false, ..serve(town(1), eve, Some(600), monday) });
    tally.applied(&Applied { town: town(1), at: monday });
    tally.given(&Given { town: town(1), minutes: 100, at: monday });
    tally.given(&Given { town: town(2), minutes: 100, at: next });
    let moved = |town, code: &str, units, at| Moved { town, code: code.to_owned(), units, at };
    tally.moved(&moved(town(1), "mask", 10, monday));
    tally.moved(&moved(town(1), "mask", -4, monday));
    tally.moved(&moved(town(2), "mask", 5, next));
    tally.moved(&moved(town(2), "vest", 3, next));
    tally.moved(&moved(town(2), "vest", -3, next));
    let Tallied { whole: all, weeks, towns } = tally.counted();
    let whole = all.measures;
    assert_eq!(
        whole,
        Measures {
            decisions: Decisions { green_light: 1, changes_requested: 1, refused: 1 },
            in_time: 2,
            median: Some(30),
            ninetieth: Some(90),
            applications: 1,
            places: 9,
            filled: 4,
            volunteers: 2,
            hours: 5,
            given: 3,
        }
    );
    assert_eq!((whole.percent_in_time(), whole.percent_filled()), (Some(67), Some(44)));
    let [first, second] = [0, 1].map(|week: usize| weeks[week].measures);
    assert_eq!((first.volunteers, first.hours, first.median), (1, 3, Some(10)), "150 minutes are 3 hours");
    assert_eq!((second.volunteers, second.filled, second.applications), (2, 2, 0));
    assert_eq!((first.given, second.given), (2, 2), "each is rounded by itself");
    let masks = |of: &Counted| of.used.get("mask").copied();
    assert_eq!((masks(&all), masks(&weeks[0]), masks(&weeks[1])), (Some(11), Some(6), Some(5)));
    assert_eq!(all.used.get("vest"), None, "what came back was not used");
    let [here, there] = [1, 2].map(|number| &towns[&town(number)]);
    assert_eq!((here.measures.volunteers, there.measures.volunteers), (2, 1));
    assert_eq!((here.measures.decisions.all(), masks(here)), (2, Some(6)));
}

#[test]
fn percents_never_tell_nothing_of_something_nor_all_of_less() {
    let of = |in_time, all| {
        Measures { decisions: Decisions { green_light: all, ..Decisions::default() }, in_time, ..Measures::default() }
            .percent_in_time()
    };
    assert_eq!(
        [of(0, 0), of(0, 3), of(1, 1_000), of(999, 1_000), of(3, 3)],
        [None, Some(0), Some(1), Some(99), Some(100)]
    );
}

#[test]
fn hours_of_working_days() {
    let town = Calendar::of("83126", OpenDays::WEEKDAYS);
    let between = |from: &str, to: &str| town.hours_between(at(from), at(to));
    // Friday 15:00 to Monday 10:00: nine hours of Friday, ten of Monday.
    assert_eq!(between("2026-11-20T14:00:00Z", "2026-11-23T09:00:00Z"), 19);
    // Sent on Saturday, decided before Monday at eight: nothing of it is work.
    assert_eq!(between("2026-11-21T09:00:00Z", "2026-11-23T06:30:00Z"), 0);
    assert_eq!(between("2026-11-23T09:00:00Z", "2026-11-20T14:00:00Z"), 0);
}

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (1_577_836_800_i64..1_900_000_000).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default())
}

proptest! {
    #[test]
    fn the_nearest_rank_is_a_value_that_enough_values_do_not_exceed(
        mut values in prop::collection::vec(0_u32..500, 1..80), percent in 1_u32..=100
    ) {
        let found = percentile(&mut values, percent).unwrap();
        let enough = |limit: u32| values.iter().filter(|value| **value <= limit).count() * 100 >= values.len() * percent as usize;
        prop_assert!(values.contains(&found) && enough(found));
        prop_assert!(values.iter().filter(|value| **value < found).max().is_none_or(|below| !enough(*below)), "the smallest");
    }

    #[test]
    fn every_instant_of_a_period_is_in_the_week_that_the_calendar_says(
        first in 0_i64..3_000, days in 0_i64..400, at in instants()
    ) {
        let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + TimeDelta::days(first);
        let period = Period::new(first, first + TimeDelta::days(days)).unwrap();
        let (from, to) = period.bounds();
        let weeks = period.weeks();
        prop_assert!(weeks.windows(2).all(|pair| pair[1].monday() - pair[0].monday() == TimeDelta::days(7)));
        prop_assert!(weeks.iter().all(|week| week.monday().weekday() == Weekday::Mon));
        match period.week_index(at) {
            Some(index) => {
                prop_assert!(from <= at && at < to);
                prop_assert_eq!((weeks[index].year, weeks[index].number), paris::iso_week(at));
                prop_assert_eq!(weeks[index], Week::of(paris::date(at)));
            }
            None => prop_assert!(at < from || at >= to),
        }
    }

    #[test]
    fn hours_between_are_those_that_the_due_date_counts(from in instants(), hours in 1_u32..400, bits in 1_u8..128) {
        let town = Calendar::of("83126", OpenDays::from_bits(bits).unwrap());
        let due = town.after(from, hours);
        // In the hour that the spring change skips, a clock of Paris shows another time.
        prop_assert!(town.hours_between(from, due).abs_diff(hours) <= 1);
        prop_assert!(town.hours_between(from, due - TimeDelta::hours(2)) < hours);
    }
}
