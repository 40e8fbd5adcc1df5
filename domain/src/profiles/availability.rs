//! When somebody is free: days of the week and parts of the day, by the clock in Paris.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta};

use crate::{applications::rules::Span, paris};

states! {
    /// A part of a day.
    pub enum Part {
        /// From midnight to noon.
        Morning = "morning",
        /// From noon to 18:00.
        Afternoon = "afternoon",
        /// From 18:00 to midnight.
        Evening = "evening",
    }
}

/// A part that a slot only touches: as long as this, or shorter, it says nothing about who may come.
const TOUCH: TimeDelta = TimeDelta::minutes(30);

/// Days of a week by their number in ISO 8601, 1 for Monday, with the part.
pub type Cell = (u8, Part);

/// The parts of the week in which somebody is free: one bit for each, Monday morning first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Availability(u32);

impl Availability {
    const ALL: u32 = (1 << 21) - 1;

    /// As kept in the database; bits that mean nothing are dropped.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & Self::ALL)
    }

    /// For the database.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether nothing was said.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// With a part of the week more.
    #[must_use]
    pub const fn with(self, cell: Cell) -> Self {
        Self(self.0 | bit(cell))
    }

    /// Whether somebody is free then.
    pub const fn has(self, cell: Cell) -> bool {
        self.0 & bit(cell) != 0
    }

    /// Every part of a week, Monday morning first.
    pub fn week() -> impl Iterator<Item = Cell> {
        (1..=7).flat_map(|day| Part::ALL.iter().map(move |part| (day, *part)))
    }

    /// The parts in which somebody is free, as a form sends them: `2-evening` for Tuesday evening.
    pub fn codes(self) -> Vec<String> {
        Self::week().filter(|cell| self.has(*cell)).map(|cell| code(cell).to_string()).collect()
    }

    /// Reads such codes; `None` when one of them names no part of a week.
    pub fn parse<'a>(codes: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let known: Vec<(String, Cell)> = Self::week().map(|cell| (code(cell).to_string(), cell)).collect();
        let read = |read: Self, typed: &str| {
            let (_, cell) = known.iter().find(|(code, _)| code == typed)?;
            Some(read.with(*cell))
        };
        codes.into_iter().try_fold(Self::default(), read)
    }

    /// Whether somebody is free for the whole of a dated slot, up to half an hour of a part that it only touches.
    pub fn covers(self, slot: Span) -> bool {
        let parts = parts_of(slot);
        !parts.is_empty() && parts.into_iter().all(|cell| self.has(cell))
    }
}

/// A part of a week as forms name it.
fn code((day, part): Cell) -> impl fmt::Display {
    format!("{day}-{part}")
}

const fn bit((day, part): Cell) -> u32 {
    let part = match part {
        Part::Morning => 0,
        Part::Afternoon => 1,
        Part::Evening => 2,
    };
    // A day that is none has no bit.
    if day >= 1 && day <= 7 { 1 << ((day as u32 - 1) * 3 + part) } else { 0 }
}

/// The parts of the week in which a dated slot lies for more than half an hour; that of its beginning when there is none.
pub fn parts_of(slot: Span) -> Vec<Cell> {
    let mut lies_in = Vec::new();
    let mut day = paris::date(slot.0);
    // A dated slot lasts a day at most: it touches three days of the calendar at most.
    for _ in 0..3 {
        for (part, span) in parts_of_day(day) {
            let common = slot.1.min(span.1) - slot.0.max(span.0);
            if common > TimeDelta::zero() {
                lies_in.push(((u8::try_from(day.weekday().number_from_monday()).unwrap_or_default(), part), common));
            }
        }
        day = next(day);
    }
    let first = lies_in.first().map(|(cell, _)| *cell);
    let mut parts: Vec<Cell> =
        lies_in.into_iter().filter(|(_, common)| *common > TOUCH).map(|(cell, _)| cell).collect();
    if parts.is_empty() {
        parts.extend(first);
    }
    parts
}

fn next(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// The parts of a day and their instants. Neither noon nor 18:00 is skipped or repeated by a change of hour.
fn parts_of_day(day: NaiveDate) -> [(Part, Span); 3] {
    let at = |hour| {
        let local = day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN));
        paris::from_paris(local).unwrap_or_else(|| local.and_utc())
    };
    let (begin, noon, evening, end) = (paris::midnight(day), at(12), at(18), paris::midnight(next(day)));
    [(Part::Morning, (begin, noon)), (Part::Afternoon, (noon, evening)), (Part::Evening, (evening, end))]
}
