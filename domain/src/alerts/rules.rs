//! When a saved search is looked at, and when it may write. Pure: instants come from the caller.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};

use crate::{
    applications::rules::{Span, check_age},
    crisis::InForce,
    missions::SlotKind,
    paris,
};

/// Saved searches that one person keeps at most.
pub const MAX_ALERTS: usize = 10;

/// Missions that one e-mail names at most; it counts the others.
pub const MAX_NAMED: usize = 10;

/// The hour from which nothing leaves, by the clock in Paris.
pub const EVENING: u32 = 21;

/// The hour from which it leaves again, by the clock in Paris.
pub const MORNING: u32 = 8;

/// The shortest time between two e-mails of one search that writes at once.
pub const AT_ONCE_EVERY: TimeDelta = TimeDelta::hours(1);

/// A mission that is published while it is looked for may be seen only by the next look: so long it is looked again.
pub const UNSETTLED: TimeDelta = TimeDelta::minutes(5);

states! {
    /// How often a saved search writes.
    pub enum Pace {
        /// As soon as something is published, at most once an hour.
        AtOnce = "at_once",
        /// In the morning.
        Daily = "daily",
        /// On Monday morning.
        Weekly = "weekly",
    }
}

/// What is known of a saved search when it is asked whether to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// When it was last looked at, or else made.
    pub at: DateTime<Utc>,
    /// When it last wrote.
    pub told_at: Option<DateTime<Utc>>,
}

/// A mission that a search found, as far as it matters to whether whoever keeps the search may come.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Whether it is done from home.
    pub remote: bool,
    /// Whether volunteers of 16 and 17 may come.
    pub open_to_minors: bool,
    /// Its slots with a place left that the search asks for.
    pub slots: &'a [(SlotKind, Span)],
    /// The measures of its town.
    pub measures: &'a InForce,
}

impl Found<'_> {
    /// Whether somebody born then may take one of its slots. Of whom no birth date is known, nothing is held against them: the
    /// form of the mission will ask.
    pub fn may_be_taken(&self, birth: Option<NaiveDate>, now: DateTime<Utc>) -> bool {
        self.slots.iter().any(|(kind, span)| {
            let ahead = match kind {
                SlotKind::Dated => span.0 > now,
                SlotKind::OpenPeriod => span.1 > now,
            };
            let fits = |birth| {
                check_age(birth, span.0, self.open_to_minors).is_ok()
                    && self.measures.may_take(birth, self.remote, *span).is_ok()
            };
            ahead && birth.is_none_or(fits)
        })
    }
}

/// Whether people are left in peace: from 21:00 to 8:00 by the clock in Paris.
pub fn is_quiet(now: DateTime<Utc>) -> bool {
    !(MORNING..EVENING).contains(&paris::to_paris(now).hour())
}

/// When what is written now leaves: at once, or once people are no longer left in peace.
pub fn leaves_at(now: DateTime<Utc>) -> DateTime<Utc> {
    let today = paris::date(now);
    match morning(today) {
        _ if !is_quiet(now) => now,
        eight if now < eight => eight,
        _ => morning(today.checked_add_days(Days::new(1)).unwrap_or(today)),
    }
}

/// Eight in the morning of a day in Paris: no change of hour touches it.
fn morning(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::from_hms_opt(MORNING, 0, 0).unwrap_or(NaiveTime::MIN));
    paris::from_paris(local).unwrap_or_else(|| local.and_utc())
}

impl Pace {
    /// Whether a search is to be looked at now. `newest` is when the newest mission that is online was published.
    pub fn is_due(self, looked: Looked, newest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        if is_quiet(now) {
            return false;
        }
        let today = paris::date(now);
        match self {
            Self::AtOnce => {
                let rested = looked.told_at.is_none_or(|told| told + AT_ONCE_EVERY <= now);
                rested && newest.is_some_and(|newest| looked.at < newest + UNSETTLED)
            }
            Self::Daily => looked.at < morning(today) && morning(today) <= now,
            Self::Weekly => {
                let since_monday = u64::from(today.weekday().num_days_from_monday());
                let monday = morning(today.checked_sub_days(Days::new(since_monday)).unwrap_or(today));
                looked.at < monday && monday <= now
            }
        }
    }
}
