//! The days that figures are about.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::{
    error::{FieldErrors, Problem},
    paris,
};

/// How many weeks the page offers, this one included; the second is shown unless another is asked for.
pub const PRESETS: [u32; 3] = [4, 13, 52];

/// The longest period, in days: three years.
pub const LONGEST_DAYS: u32 = 1_096;

/// What is asked, as it stands in the address: some weeks, or from one day to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// One of [`PRESETS`]; anything else when days are given, or for the usual one.
    pub weeks: String,
    /// The first day (`2026-03-01`).
    pub from: String,
    /// The last day.
    pub to: String,
}

impl Ask {
    /// Whether days are given, rather than weeks.
    pub fn has_days(&self) -> bool {
        !(self.from.trim().is_empty() && self.to.trim().is_empty())
    }

    /// The number of weeks, where no days are given.
    pub fn preset(&self) -> Option<u32> {
        if self.has_days() {
            return None;
        }
        let asked = self.weeks.trim().parse().ok().filter(|weeks| PRESETS.contains(weeks));
        Some(asked.unwrap_or(PRESETS[1]))
    }
}

/// An ISO 8601 week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Week {
    /// Its year, which is not always that of its Monday.
    pub year: i32,
    /// Its number, 1 to 53.
    pub number: u32,
}

impl Week {
    /// The week of a day.
    pub fn of(day: NaiveDate) -> Self {
        let week = day.iso_week();
        Self { year: week.year(), number: week.week() }
    }

    /// Its Monday.
    pub fn monday(self) -> NaiveDate {
        NaiveDate::from_isoywd_opt(self.year, self.number, Weekday::Mon).unwrap_or_default()
    }
}

/// Some days in a row, those of Paris.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
}

impl Period {
    /// From one day to another, both included.
    ///
    /// # Errors
    /// `EndBeforeStart`; `OutOfRange` for more than [`LONGEST_DAYS`].
    pub fn new(first: NaiveDate, last: NaiveDate) -> Result<Self, Problem> {
        let days = (last - first).num_days() + 1;
        if days < 1 {
            return Err(Problem::EndBeforeStart);
        }
        if days > i64::from(LONGEST_DAYS) {
            return Err(Problem::OutOfRange { min: 1, max: i64::from(LONGEST_DAYS) });
        }
        Ok(Self { first, last })
    }

    /// The weeks that end with the week of a day; that one counts until that day only.
    pub fn weeks_until(weeks: u32, today: NaiveDate) -> Self {
        let before = Days::new(u64::from(weeks.clamp(1, 150) - 1) * 7);
        let monday = Week::of(today).monday();
        Self { first: monday.checked_sub_days(before).unwrap_or(monday), last: today }
    }

    /// What is asked, on a day: the period to show, and what was wrong with the fields, if anything; then the usual one is
    /// shown.
    pub fn read(ask: &Ask, today: NaiveDate) -> (Self, FieldErrors) {
        if let Some(weeks) = ask.preset() {
            return (Self::weeks_until(weeks, today), FieldErrors::default());
        }
        let mut errors = FieldErrors::default();
        let from = errors.take("from", day(&ask.from));
        let to = errors.take("to", day(&ask.to));
        let period = from.zip(to).and_then(|(from, to)| errors.take("to", Self::new(from, to)));
        (period.unwrap_or_else(|| Self::weeks_until(PRESETS[1], today)), errors)
    }

    /// The first day.
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day, included.
    pub const fn last(self) -> NaiveDate {
        self.last
    }

    /// The instants between which it runs: midnight of its first day, included, to that after its last, excluded.
    pub fn bounds(self) -> (DateTime<Utc>, DateTime<Utc>) {
        let after = self.last.succ_opt().unwrap_or(self.last);
        (paris::midnight(self.first), paris::midnight(after))
    }

    /// Its weeks in order, the first and the last of them perhaps in part.
    pub fn weeks(self) -> Vec<Week> {
        let (mut monday, mut weeks) = (Week::of(self.first).monday(), Vec::new());
        while monday <= self.last {
            weeks.push(Week::of(monday));
            let Some(next) = monday.checked_add_days(Days::new(7)) else { break };
            monday = next;
        }
        weeks
    }

    /// The place among its weeks of an instant that lies in it.
    pub fn week_index(self, at: DateTime<Utc>) -> Option<usize> {
        let day = paris::date(at);
        if day < self.first || day > self.last {
            return None;
        }
        usize::try_from((day - Week::of(self.first).monday()).num_days() / 7).ok()
    }
}

fn day(text: &str) -> Result<NaiveDate, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Required);
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| Problem::NotADate)?;
    // Beyond that, neither the databases nor the calendar of Paris have anything to say.
    if (2000..=2999).contains(&day.year()) { Ok(day) } else { Err(Problem::NotADate) }
}
