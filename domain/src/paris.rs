//! Europe/Paris without a time zone database.
//!
//! The rule is that of directive 2000/84/EC, in force with the same dates since 1996: UTC+2 from the last Sunday of
//! March 01:00 UTC to the last Sunday of October 01:00 UTC, UTC+1 otherwise. Years before 1996 follow it too, which is
//! wrong for some autumn weeks and matters to nobody here: only instants of missions are read through this module.

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc, Weekday,
};

/// Offset from UTC in winter (CET).
const WINTER: FixedOffset = hours_east(1);
/// Offset from UTC in summer (CEST).
const SUMMER: FixedOffset = hours_east(2);

const fn hours_east(hours: i32) -> FixedOffset {
    match FixedOffset::east_opt(hours * 3600) {
        Some(offset) => offset,
        None => panic!("evaluated by the compiler, on two constants"),
    }
}

/// 01:00 UTC on the last Sunday of a month of 31 days.
fn change(year: i32, month: u32) -> Option<NaiveDateTime> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    let sunday = last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_sunday())))?;
    sunday.and_hms_opt(1, 0, 0)
}

/// The offset of Paris from UTC at an instant: one hour in winter, two in summer.
pub fn offset_at(instant: DateTime<Utc>) -> FixedOffset {
    let utc = instant.naive_utc();
    let summer = change(utc.year(), 3).zip(change(utc.year(), 10));
    match summer {
        Some((begin, end)) if begin <= utc && utc < end => SUMMER,
        _ => WINTER,
    }
}

/// What a clock in Paris shows at an instant.
pub fn to_paris(instant: DateTime<Utc>) -> NaiveDateTime {
    let utc = instant.naive_utc();
    utc.checked_add_offset(offset_at(instant)).unwrap_or(utc)
}

/// The instant at which a clock in Paris shows this. `None` in the hour that the spring change skips; the first of
/// the two instants in the hour that the autumn change repeats.
pub fn from_paris(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    [SUMMER, WINTER].into_iter().find_map(|offset| {
        let instant = local.checked_sub_offset(offset)?.and_utc();
        (offset_at(instant) == offset).then_some(instant)
    })
}

/// The day in Paris at an instant.
pub fn date(instant: DateTime<Utc>) -> NaiveDate {
    to_paris(instant).date()
}

/// The instant at which a day begins in Paris: midnight, which no change skips or repeats.
pub fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    from_paris(local).unwrap_or_else(|| local.and_utc())
}

/// The ISO 8601 week in Paris at an instant: the week's year, and its number from 1 to 53.
pub fn iso_week(instant: DateTime<Utc>) -> (i32, u32) {
    let week = date(instant).iso_week();
    (week.year(), week.week())
}

/// The instants between which an ISO 8601 week runs in Paris: Monday 00:00, included, to the next Monday 00:00,
/// excluded. A week 53 of a year that has 52 is the first of the next year.
pub fn week_bounds(year: i32, week: u32) -> (DateTime<Utc>, DateTime<Utc>) {
    let weeks_after_first = TimeDelta::weeks(i64::from(week) - 1);
    // Beyond what chrono counts (262 000 years) there is no week: the nearest one stands for it.
    let year = year.clamp(NaiveDate::MIN.year() + 1, NaiveDate::MAX.year());
    let monday = NaiveDate::from_isoywd_opt(year, 1, Weekday::Mon)
        .and_then(|first| first.checked_add_signed(weeks_after_first))
        .unwrap_or(NaiveDate::MAX);
    let next = monday.checked_add_days(Days::new(7)).unwrap_or(NaiveDate::MAX);
    (midnight(monday), midnight(next))
}

/// An instant as figures, in Paris, which read the same in every language: `24/11/2026 18:30`.
pub fn figures(instant: DateTime<Utc>) -> String {
    let local = to_paris(instant);
    let (day, month, year) = (local.day(), local.month(), local.year());
    format!("{day:02}/{month:02}/{year} {:02}:{:02}", local.hour(), local.minute())
}
