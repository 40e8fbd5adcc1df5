//! Slots that repeat: a pattern of days and hours, what it would make, and what of it is left out.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    applications::rules::Span,
    error::{FieldErrors, Problem},
    missions::{
        SlotKind, SlotPlan,
        content::{MAX_PLACES, MAX_SLOTS},
    },
    paris,
    reviews::due::{OpenDays, is_holiday},
};

/// Days from the first to the last of a pattern, at most.
pub const MAX_DAYS: u32 = 366;

states! {
    /// How often a pattern comes back.
    pub enum Rhythm {
        /// Every week.
        Weekly = "weekly",
        /// Every other week, from the week of the first day.
        Fortnightly = "fortnightly",
    }
}

states! {
    /// What becomes of a slot that a pattern names.
    pub enum Verdict {
        /// It would be made.
        New = "new",
        /// There is one with the same hours already.
        Same = "same",
        /// It would overlap a slot that is there.
        Overlaps = "overlaps",
        /// It would have begun already.
        Past = "past",
        /// A public holiday, left out as asked.
        Holiday = "holiday",
        /// On that day the clocks change: an hour of it does not exist, or it would last too long.
        ClockChange = "clock_change",
    }
}

/// Which days, at which hours of Europe/Paris, with how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern {
    /// Days of the week.
    pub days: OpenDays,
    /// How often.
    pub rhythm: Rhythm,
    /// The first day that it may name.
    pub first: NaiveDate,
    /// The last one, included.
    pub last: NaiveDate,
    /// What a clock shows at the beginning.
    pub start: NaiveTime,
    /// What it shows at the end; not after the start means the next day.
    pub end: NaiveTime,
    /// Volunteers wanted for each slot.
    pub places: u32,
    /// Public holidays are left out.
    pub skip_holidays: bool,
    /// The town keeps the holidays of Alsace and Moselle.
    pub alsace_moselle: bool,
}

/// A slot that a pattern names, and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Its day in Paris.
    pub day: NaiveDate,
    /// Beginning and end; `None` where the clocks that day never show one of them.
    pub span: Option<Span>,
    /// What becomes of it.
    pub verdict: Verdict,
}

impl Pattern {
    /// What is wrong with the pattern by itself, by the fields of its form.
    ///
    /// # Errors
    /// The problem of each wrong field.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if !(1..=MAX_PLACES).contains(&self.places) {
            errors.add("places", Problem::OutOfRange { min: 1, max: i64::from(MAX_PLACES) });
        }
        if self.last < self.first {
            errors.add("last_day", Problem::EndBeforeStart);
        } else if self.last - self.first >= TimeDelta::days(i64::from(MAX_DAYS)) {
            errors.add("last_day", Problem::PatternTooLong { max_days: MAX_DAYS });
        }
        errors.into_result()
    }

    /// The days that it names, in order.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.first
            .iter_days()
            .take(MAX_DAYS as usize)
            .take_while(|day| *day <= self.last)
            .filter(|day| self.names(*day))
    }

    fn names(&self, day: NaiveDate) -> bool {
        let monday = |day: NaiveDate| day - Days::new(u64::from(day.weekday().num_days_from_monday()));
        let this_week = match self.rhythm {
            Rhythm::Weekly => true,
            Rhythm::Fortnightly => (monday(day) - monday(self.first)).num_weeks() % 2 == 0,
        };
        this_week && self.days.has(day.weekday())
    }

    /// The instants of its slot on a day, if the clocks of that day show both hours.
    fn span(&self, day: NaiveDate) -> Option<Span> {
        let end_day = if self.end <= self.start { day.checked_add_days(Days::new(1))? } else { day };
        paris::from_paris(day.and_time(self.start)).zip(paris::from_paris(end_day.and_time(self.end)))
    }

    /// What it would make beside the slots that are there, and what it leaves out; in order of time.
    pub fn propose(&self, existing: &[SlotPlan], now: DateTime<Utc>) -> Vec<Proposed> {
        let one = |day| {
            let span = self.span(day);
            Proposed { day, span, verdict: self.verdict(day, span, existing, now) }
        };
        self.dates().map(one).collect()
    }

    fn verdict(&self, day: NaiveDate, span: Option<Span>, existing: &[SlotPlan], now: DateTime<Utc>) -> Verdict {
        let Some((start, end)) = span else { return Verdict::ClockChange };
        let mut dated = existing.iter().filter(|slot| slot.kind == SlotKind::Dated);
        let plan = self.plan(Uuid::nil(), (start, end));
        if dated.clone().any(|slot| slot.when() == plan.when()) {
            Verdict::Same
        } else if start < now {
            Verdict::Past
        } else if self.skip_holidays && is_holiday(day, self.alsace_moselle) {
            Verdict::Holiday
        } else if !plan.problems("", None).is_empty() {
            Verdict::ClockChange
        } else if dated.any(|slot| slot.starts_at < end && start < slot.ends_at) {
            Verdict::Overlaps
        } else {
            Verdict::New
        }
    }

    /// A slot of it.
    pub const fn plan(&self, id: Uuid, (starts_at, ends_at): Span) -> SlotPlan {
        SlotPlan { id, kind: SlotKind::Dated, starts_at, ends_at, places: self.places, organisation: None }
    }
}

/// The spans that would be made, if there are any and the mission has room for them beside the slots that it has.
///
/// # Errors
/// The problem of the field `last_day`.
pub fn made(proposed: &[Proposed], existing: usize) -> Result<Vec<Span>, FieldErrors> {
    let new = proposed.iter().filter(|one| one.verdict == Verdict::New).filter_map(|one| one.span);
    let made: Vec<_> = new.collect();
    let left = MAX_SLOTS.saturating_sub(existing);
    let number = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    if made.len() > left {
        let problem = Problem::NoRoomForSlots { max: number(MAX_SLOTS), left: number(left) };
        return Err(FieldErrors::one("last_day", problem));
    }
    if made.is_empty() { Err(FieldErrors::one("last_day", Problem::NoNewSlot)) } else { Ok(made) }
}
