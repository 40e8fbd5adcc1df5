//! When attendance is noted, and for how many hours.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::{
    applications::{ApplicationStatus, rules::MAX_WEEKLY_MINUTES},
    error::Problem,
    missions::SlotKind,
    paris,
};

/// How long before a slot begins people may be noted: they arrive early.
pub const OPENS_BEFORE: TimeDelta = TimeDelta::minutes(30);
/// How long before that the sheet can be filled in, for a phone to take where there is no network: it is saved once it is open.
pub const PREPARED_BEFORE: TimeDelta = TimeDelta::hours(48);
/// How long after a slot attendance can be noted and validated.
pub const CLOSES_AFTER: TimeDelta = TimeDelta::days(90);
/// How long after a slot its organisation is reminded of what is not validated.
pub const REMINDED_AFTER: TimeDelta = TimeDelta::days(3);
/// How long after a slot a reminder that was missed still leaves.
pub const REMINDED_UNTIL: TimeDelta = TimeDelta::days(14);
/// Hours after midnight, by the clock in Paris, from which organisations are reminded.
const MORNING: u32 = 9;
/// Minutes that somebody may have stayed after the end of a dated slot.
const STAYED_ON: u32 = 120;
/// Hours in a calendar year that the page counts towards, of the citizen-engagement account (compte d'engagement citoyen,
/// Code du travail, articles L5151-7 and D5151-14). The conditions change: the page says where they stand.
pub const ENGAGEMENT_HOURS: u32 = 80;

/// When a slot happens, and of which kind it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// Dated, or open.
    pub kind: SlotKind,
    /// Its beginning, UTC.
    pub starts_at: DateTime<Utc>,
    /// Its end, UTC.
    pub ends_at: DateTime<Utc>,
}

/// Whether people may be noted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Not yet: from this instant on, UTC.
    From(DateTime<Utc>),
    /// Now.
    Open,
    /// No longer: since this instant, UTC.
    Since(DateTime<Utc>),
}

impl Timing {
    /// Whether people may be noted at an instant.
    pub fn window(self, now: DateTime<Utc>) -> Window {
        let (opens, closes) = (self.starts_at - OPENS_BEFORE, self.ends_at + CLOSES_AFTER);
        if now < opens {
            Window::From(opens)
        } else if now < closes {
            Window::Open
        } else {
            Window::Since(closes)
        }
    }

    /// Whether hours may be validated at an instant: once the slot is over.
    pub fn may_validate(self, now: DateTime<Utc>) -> bool {
        self.ends_at <= now && self.window(now) == Window::Open
    }

    /// Whether whoever is expected may say at an instant what came of a slot: a dated one that is over, until attendance
    /// closes or their hours are validated.
    pub fn may_say(self, status: ApplicationStatus, validated: bool, now: DateTime<Utc>) -> bool {
        let expected = status == ApplicationStatus::Accepted && self.kind == SlotKind::Dated;
        expected && !validated && self.may_validate(now)
    }

    /// Minutes that a dated slot lasts; `None` for an open period, whose hours somebody tells.
    pub fn usual(self) -> Option<u32> {
        (self.kind == SlotKind::Dated).then(|| self.lasts())
    }

    /// The first and the last day in Paris of what was done: a dated slot is of the day on which it begins.
    ///
    /// Hours count in the year of the last one. On which days of an open period they were given nobody notes: they count once it
    /// has ended, as in the town's figures.
    pub fn days(self) -> (NaiveDate, NaiveDate) {
        let first = paris::date(self.starts_at);
        match self.kind {
            SlotKind::Dated => (first, first),
            // It ends at the midnight after its last day.
            SlotKind::OpenPeriod => (first, paris::date(self.ends_at - TimeDelta::seconds(1)).max(first)),
        }
    }

    /// The most minutes that can be noted: two hours more than a dated slot lasts, a day at most; 24 hours for each ISO week of
    /// an open period (decree 2017-930).
    pub fn most(self) -> u32 {
        match self.kind {
            SlotKind::Dated => (self.lasts() + STAYED_ON).min(24 * 60),
            SlotKind::OpenPeriod => {
                let (first, last) = self.days();
                let monday = first - TimeDelta::days(i64::from(first.weekday().num_days_from_monday()));
                let weeks = (last - monday).num_days() / 7 + 1;
                u32::try_from(weeks).unwrap_or(1).saturating_mul(MAX_WEEKLY_MINUTES)
            }
        }
    }

    fn lasts(self) -> u32 {
        u32::try_from((self.ends_at - self.starts_at).num_minutes()).unwrap_or_default()
    }
}

/// The morning of today in Paris, UTC, once it has come: slots are counted back from it, so that those of a day are told of
/// together.
pub fn reminding_since(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let morning = paris::date(now).and_time(NaiveTime::from_hms_opt(MORNING, 0, 0)?);
    paris::from_paris(morning).filter(|morning| *morning <= now)
}

/// Minutes from hours as people write them: `2`, `2,5`, `2.5`, `2:30`, `2h30`, `2 h 30`.
///
/// # Errors
/// `Required` when empty, `NotADuration` for anything else.
pub fn minutes(typed: &str) -> Result<u32, Problem> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    if typed.is_empty() {
        return Err(Problem::Required);
    }
    let number = |text: &str| {
        let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten().ok_or(Problem::NotADuration)
    };
    if let Some((hours, rest)) = typed.split_once([':', 'h']) {
        let rest = if rest.is_empty() { 0 } else { number(rest.trim_end_matches("min"))? };
        if rest > 59 {
            return Err(Problem::NotADuration);
        }
        return Ok(number(hours)? * 60 + rest);
    }
    match typed.split_once([',', '.']) {
        None => Ok(number(&typed)? * 60),
        Some((hours, part)) if part.len() <= 2 => {
            let scale = if part.len() == 1 { 10 } else { 100 };
            Ok(number(hours)? * 60 + (number(part)? * 60 + scale / 2) / scale)
        }
        Some(_) => Err(Problem::NotADuration),
    }
}

/// Hours as [`minutes`] reads them: `2:30`.
pub fn hours(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
