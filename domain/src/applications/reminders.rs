//! When accepted volunteers are reminded of a slot, and asked afterwards how it went.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::rules::Span;
use crate::paris;

states! {
    /// What is told about a dated slot, once each.
    pub enum Reminder {
        /// 48 hours before it begins.
        TwoDays = "two_days",
        /// 3 hours before it begins.
        ThreeHours = "three_hours",
        /// In the morning after it.
        DayAfter = "day_after",
    }
}

/// Hours after midnight, by the clock in Paris, at which one is asked how it went.
const MORNING: u32 = 9;

/// What a round that comes late still asks, in days: after that, nobody remembers what was meant.
const ASKED_FOR: u64 = 2;

impl Reminder {
    /// From when, included, until when, excluded, it is right to send it. It leaves at the beginning; what a server that stood
    /// still makes up for is still true until the end.
    ///
    /// Hours before a slot are hours that really pass, also in the nights of the changes of hour.
    pub fn window(self, slot: Span) -> Span {
        match self {
            Self::TwoDays => (slot.0 - TimeDelta::hours(48), slot.0 - TimeDelta::hours(24)),
            Self::ThreeHours => (slot.0 - TimeDelta::hours(3), slot.0),
            Self::DayAfter => {
                // What ends at midnight was on the day before.
                let last = paris::date(slot.1 - TimeDelta::seconds(1));
                let next = after(last, 1);
                (morning(next), paris::midnight(after(next, ASKED_FOR)))
            }
        }
    }

    /// How long before it would leave one must have been accepted: the e-mail that says so has just said the same.
    const fn margin(self) -> TimeDelta {
        match self {
            Self::TwoDays => TimeDelta::hours(12),
            Self::ThreeHours => TimeDelta::hours(1),
            Self::DayAfter => TimeDelta::zero(),
        }
    }

    /// How long before its own time it may go along with another of the same mission.
    const fn lead(self) -> TimeDelta {
        match self {
            Self::TwoDays => TimeDelta::hours(12),
            Self::ThreeHours => TimeDelta::hours(3),
            Self::DayAfter => TimeDelta::zero(),
        }
    }

    /// Whether it is due now for a slot, to somebody who was accepted then.
    pub fn is_due(self, slot: Span, accepted_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self.window(slot).0 <= now && self.may_go_along(slot, accepted_at, now)
    }

    /// Whether it may stand in an e-mail that leaves now because another slot of the same mission is due.
    pub fn may_go_along(self, slot: Span, accepted_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let (from, until) = self.window(slot);
        accepted_at <= from - self.margin() && from - self.lead() <= now && now < until
    }

    /// Between which instants a slot begins, or ends where one is asked afterwards, that may be due now: what is looked at.
    pub fn reach(self, now: DateTime<Utc>) -> Span {
        match self {
            Self::TwoDays => (now, now + TimeDelta::hours(48)),
            Self::ThreeHours => (now, now + TimeDelta::hours(3)),
            Self::DayAfter => (now - TimeDelta::days(4), now),
        }
    }
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// No change of hour touches the morning.
fn morning(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::from_hms_opt(MORNING, 0, 0).unwrap_or(NaiveTime::MIN));
    paris::from_paris(local).unwrap_or_else(|| local.and_utc())
}
