//! Until when both sides write, what they may write, and how often they are told. Pure: instants come from the caller.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    applications::ApplicationStatus,
    error::Problem,
    text::{self, Found, contact_details},
};

/// Characters of the longest message.
pub const LONGEST_MESSAGE: u32 = 2000;

/// Characters of the longest reason of a report, and of the word that closes it.
pub const LONGEST_REASON: u32 = 1000;

/// Texts that one organisation keeps at most.
pub const MAX_TEMPLATES: usize = 20;

/// Characters of the longest of them: it also fits as the reason of an answer.
pub const LONGEST_TEMPLATE: u32 = 1000;

/// How long both sides still write once the last slot has ended: days of 24 hours.
pub const DAYS_AFTER: i64 = 14;

/// The shortest time between two notices to one side of one exchange.
pub const NOTICE_EVERY: TimeDelta = TimeDelta::hours(1);

/// Until when both sides write, excluded; `None` where they no longer do, whenever the last slot ends: the application was
/// declined, withdrawn, called off, or its offer was not taken.
pub fn open_until(status: ApplicationStatus, last_end: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let came_to_its_end = matches!(status, ApplicationStatus::Attended | ApplicationStatus::Absent);
    (status.is_live() || came_to_its_end).then(|| last_end + TimeDelta::days(DAYS_AFTER))
}

/// Whether both sides write now; afterwards they read.
pub fn may_write(status: ApplicationStatus, last_end: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    open_until(status, last_end).is_some_and(|until| now < until)
}

/// The text of a message. Phone numbers and e-mail addresses are theirs to give; a NIR is never asked for.
///
/// # Errors
/// `Required`, `TooLong`, `ControlCharacters`; `SocialSecurityNumber` where something looks like a NIR.
pub fn message(typed: &str) -> Result<String, Problem> {
    let body = text::paragraphs(typed, 1, LONGEST_MESSAGE)?;
    if contact_details(&body) == Some(Found::Nir) { Err(Problem::SocialSecurityNumber) } else { Ok(body) }
}

/// Whether a report reaches the admins of the network: no coordinator of the town may judge it, because each is a side of the
/// exchange (of the `team` of the organisation that answers, or the volunteer), or because there is none.
pub fn reaches_network(coordinators: &[Uuid], team: &[Uuid], volunteer: Uuid) -> bool {
    coordinators.iter().all(|person| *person == volunteer || team.contains(person))
}
