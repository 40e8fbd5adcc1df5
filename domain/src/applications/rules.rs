//! Rules that hold for every application: age, overlap, hours a week. Pure: instants and dates come from the caller.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use thiserror::Error;

use crate::{error::Problem, paris};

/// Age in years from which one may volunteer, on the day of the slot (the réserve civique of law 2017-86).
pub const MINIMUM_AGE: u32 = 16;

/// Age of majority in years (Code civil, article 414).
pub const ADULT: u32 = 18;

/// Minutes of volunteering that one person may give in one ISO week of Europe/Paris (decree 2017-930: 24 hours).
pub const MAX_WEEKLY_MINUTES: u32 = 24 * 60;

/// A slot's beginning, included, and end, excluded.
pub type Span = (DateTime<Utc>, DateTime<Utc>);

/// Why an age does not fit a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum AgeRefusal {
    /// Under 16 on the day of the slot.
    #[error("below the minimum age")]
    BelowMinimum,
    /// 16 or 17 on the day of the slot, and the mission is for adults.
    #[error("adults only")]
    AdultsOnly,
}

impl AgeRefusal {
    /// What the form says.
    pub const fn problem(self) -> Problem {
        match self {
            Self::BelowMinimum => Problem::BelowMinimumAge,
            Self::AdultsOnly => Problem::AdultsOnly,
        }
    }
}

/// Age in whole years on a day; 0 before the birth. Who was born on 29 February has a birthday on 1 March in common
/// years.
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> u32 {
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    let years = day.year() - birth.year() - i32::from(before_birthday);
    u32::try_from(years).unwrap_or(0)
}

/// Whether somebody may take a slot, by age on its day in Paris.
///
/// A minor also needs a guardian's consent: see [`needs_guardian`].
///
/// # Errors
/// `BelowMinimum` under 16; `AdultsOnly` at 16 or 17 where the mission is not open to minors.
pub fn check_age(birth: NaiveDate, slot_start: DateTime<Utc>, open_to_minors: bool) -> Result<(), AgeRefusal> {
    let age = age_on(birth, paris::date(slot_start));
    if age < MINIMUM_AGE {
        Err(AgeRefusal::BelowMinimum)
    } else if age < ADULT && !open_to_minors {
        Err(AgeRefusal::AdultsOnly)
    } else {
        Ok(())
    }
}

/// Whether a guardian must have consented before this person takes this slot.
pub fn needs_guardian(birth: NaiveDate, slot_start: DateTime<Utc>) -> bool {
    age_on(birth, paris::date(slot_start)) < ADULT
}

/// Whether two spans have an instant in common. Ends are excluded: one may end when the other begins.
pub fn overlaps(a: Span, b: Span) -> bool {
    a.0.max(b.0) < a.1.min(b.1)
}

/// Minutes in each ISO week of Europe/Paris, by week's year and number. A slot across Monday 00:00 counts in both
/// weeks; what counts is time that really passes, also in the nights of the changes of hour. A started minute counts.
///
/// Give it dated slots only: an open period says nothing about hours.
pub fn weekly_hours(slots: &[Span]) -> BTreeMap<(i32, u32), u32> {
    let mut seconds: BTreeMap<(i32, u32), i64> = BTreeMap::new();
    for &(start, end) in slots {
        let mut cursor = start;
        while cursor < end {
            let week = paris::iso_week(cursor);
            let stop = paris::week_bounds(week.0, week.1).1.min(end);
            if stop <= cursor {
                break;
            }
            *seconds.entry(week).or_default() += (stop - cursor).num_seconds();
            cursor = stop;
        }
    }
    seconds.into_iter().map(|(week, total)| (week, u32::try_from((total + 59) / 60).unwrap_or(u32::MAX))).collect()
}

/// Whether somebody who already has some slots may add others.
///
/// # Errors
/// The first week (its year, its number) of the wanted slots that would pass 24 hours, and its minutes in all.
pub fn check_weekly(existing: &[Span], wanted: &[Span]) -> Result<(), (i32, u32, u32)> {
    let all = weekly_hours(&[existing, wanted].concat());
    weekly_hours(wanted)
        .keys()
        .filter_map(|week| all.get(week).map(|minutes| (week.0, week.1, *minutes)))
        .find(|&(_, _, minutes)| minutes > MAX_WEEKLY_MINUTES)
        .map_or(Ok(()), Err)
}
