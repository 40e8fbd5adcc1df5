//! Dates as people say them, in Europe/Paris: «mardi 24 mars, 9 h – 12 h», `Tuesday 24 March, 9:00–12:00`.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};
use domain::{actor::Locale, missions::SlotKind, paris};
use leptos::prelude::*;

use crate::i18n::{Texts, k, texts};

const DAYS: [[&str; 7]; 2] = [
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];
const MONTHS: [[&str; 12]; 2] = [
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

const fn side(locale: Locale) -> usize {
    match locale {
        Locale::Fr => 0,
        Locale::En => 1,
    }
}

fn day_number(locale: Locale, day: u32) -> String {
    if locale == Locale::Fr && day == 1 { "1er".to_owned() } else { day.to_string() }
}

/// «mardi 24 mars 2026».
pub fn date(locale: Locale, date: NaiveDate) -> String {
    format!("{} {}", day(locale, date), date.year())
}

/// The name of a day of the week, by its number in ISO 8601: 1 for Monday.
pub fn weekday(locale: Locale, number: u8) -> &'static str {
    DAYS[side(locale)].get(usize::from(number).saturating_sub(1)).copied().unwrap_or_default()
}

/// «mardi 24 mars».
pub fn day(locale: Locale, date: NaiveDate) -> String {
    let name = DAYS[side(locale)].get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
    format!("{name} {}", day_month(locale, date))
}

/// «24 mars».
pub fn day_month(locale: Locale, date: NaiveDate) -> String {
    let month = MONTHS[side(locale)].get(date.month0() as usize).copied().unwrap_or_default();
    format!("{}\u{a0}{month}", day_number(locale, date.day()))
}

/// «mars 2026».
pub fn month(locale: Locale, date: NaiveDate) -> String {
    let month = MONTHS[side(locale)].get(date.month0() as usize).copied().unwrap_or_default();
    format!("{month}\u{a0}{}", date.year())
}

/// «24/3», for a chart's scale.
pub fn short(date: NaiveDate) -> String {
    format!("{}/{}", date.day(), date.month())
}

/// «9 h», «9 h 30»; `9:30`.
pub fn hour(locale: Locale, at: NaiveDateTime) -> String {
    match (locale, at.minute()) {
        (Locale::Fr, 0) => format!("{}\u{a0}h", at.hour()),
        (Locale::Fr, minute) => format!("{}\u{a0}h\u{a0}{minute:02}", at.hour()),
        (Locale::En, minute) => format!("{}:{minute:02}", at.hour()),
    }
}

/// A length of time: «2 h», «2 h 30».
pub fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours}\u{a0}h"),
        (hours, rest) => format!("{hours}\u{a0}h\u{a0}{rest:02}"),
    }
}

/// A slot: «mardi 24 mars, 9 h – 12 h», or «du 1er mars au 3 avril, à votre rythme».
pub fn slot(t: Texts, kind: SlotKind, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> String {
    let locale = t.locale();
    let (start, end) = (paris::to_paris(starts_at), paris::to_paris(ends_at));
    match kind {
        SlotKind::OpenPeriod => t.with(
            k::missions::OPEN_PERIOD_DATES,
            // It ends at the midnight after its last day.
            &[
                ("from", &day_month(locale, start.date())),
                ("to", &day_month(locale, paris::date(ends_at - TimeDelta::seconds(1)))),
            ],
        ),
        SlotKind::Dated if start.date() == end.date() => {
            format!("{}, {}\u{a0}– {}", day(locale, start.date()), hour(locale, start), hour(locale, end))
        }
        SlotKind::Dated => format!(
            "{}, {}\u{a0}– {}, {}",
            day(locale, start.date()),
            hour(locale, start),
            day(locale, end.date()),
            hour(locale, end)
        ),
    }
}

/// An instant: «mardi 24 mars 2026, 9 h 05».
pub fn instant(locale: Locale, at: DateTime<Utc>) -> String {
    let local = paris::to_paris(at);
    format!("{}, {}", date(locale, local.date()), hour(locale, local))
}

/// An instant, with its exact value at hand for programs.
#[component]
pub fn Time(
    /// When, UTC.
    at: DateTime<Utc>,
) -> impl IntoView {
    view! { <time datetime=iso(at)>{instant(texts().locale(), at)}</time> }
}

/// The day of an instant.
#[component]
pub fn Day(
    /// When, UTC.
    at: DateTime<Utc>,
) -> impl IntoView {
    view! { <time datetime=iso(at)>{date(texts().locale(), paris::date(at))}</time> }
}

/// A slot's dates.
#[component]
pub fn When(
    /// A date, or an open period.
    kind: SlotKind,
    /// Start, UTC.
    starts_at: DateTime<Utc>,
    /// End, UTC.
    ends_at: DateTime<Utc>,
) -> impl IntoView {
    view! { <time datetime=iso(starts_at)>{slot(texts(), kind, starts_at, ends_at)}</time> }
}

fn iso(at: DateTime<Utc>) -> String {
    let local = at.naive_utc();
    format!("{:04}-{:02}-{:02}T{:02}:{:02}:00Z", local.year(), local.month(), local.day(), local.hour(), local.minute())
}
