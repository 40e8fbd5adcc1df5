//! A month of somebody's own slots, in weeks from Monday, by the clock in Paris. Pure.

use std::fmt;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ApplicationStatus,
    rules::{Span, overlaps},
};
use crate::{ids::MissionId, missions::SlotKind, paris};

/// Years that a calendar shows.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2999;

/// A month, known by its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month(NaiveDate);

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// As an address says it: `2026-12`. `None` for what is no month of our era.
    pub fn parse(typed: &str) -> Option<Self> {
        let first = NaiveDate::parse_from_str(&format!("{typed}-01"), "%Y-%m-%d").ok()?;
        (typed.len() == 7 && YEARS.contains(&first.year())).then_some(Self(first))
    }

    /// Its first day.
    pub const fn first(self) -> NaiveDate {
        self.0
    }

    /// The month before, if a calendar shows it.
    pub fn before(self) -> Option<Self> {
        self.0.checked_sub_months(Months::new(1)).filter(|day| YEARS.contains(&day.year())).map(Self)
    }

    /// The month after, if a calendar shows it.
    pub fn after(self) -> Option<Self> {
        self.0.checked_add_months(Months::new(1)).filter(|day| YEARS.contains(&day.year())).map(Self)
    }

    /// Whether a day lies in it.
    pub fn holds(self, day: NaiveDate) -> bool {
        Self::of(day) == self
    }

    /// Its weeks from Monday to Sunday, with the days of other months that fill the first and the last.
    pub fn weeks(self) -> Vec<Vec<NaiveDate>> {
        let back = u64::from(self.0.weekday().num_days_from_monday());
        let monday = self.0.checked_sub_days(Days::new(back)).unwrap_or(self.0);
        let days = |week: u64| -> Vec<NaiveDate> {
            (0..7).filter_map(|day| monday.checked_add_days(Days::new(week * 7 + day))).collect()
        };
        (0..6).map(days).filter(|week| week.iter().any(|day| self.holds(*day))).collect()
    }

    /// The instants between which it lies: midnight of its first day, and of the first day after it.
    pub fn span(self) -> Span {
        let next = self.0.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
        (paris::midnight(self.0), paris::midnight(next))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

/// Whether a slot, or a part of it, lies on a day.
pub fn on(day: NaiveDate, slot: Span) -> bool {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    overlaps(slot, (paris::midnight(day), paris::midnight(next)))
}

/// Whether an application's slots stand in the calendar: those that may still take place for this person, and those that did.
pub const fn is_shown(status: ApplicationStatus) -> bool {
    status.is_live() || matches!(status, ApplicationStatus::Attended)
}

/// One of somebody's own slots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthSlot {
    /// The mission: id, part of its address, title.
    pub mission: (MissionId, String, String),
    /// Whether its page can be seen.
    pub online: bool,
    /// Where the application stands.
    pub status: ApplicationStatus,
    /// Whether it does not take place for now: the mission, or whoever holds the slot, is suspended.
    pub suspended: bool,
    /// A date, or an open period.
    pub kind: SlotKind,
    /// Start, UTC.
    pub starts_at: DateTime<Utc>,
    /// End, UTC.
    pub ends_at: DateTime<Utc>,
}

/// A month of somebody's own slots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthPage {
    /// Which.
    pub month: Month,
    /// The day in Paris.
    pub today: NaiveDate,
    /// Those that touch the month, in order of time.
    pub slots: Vec<MonthSlot>,
}
