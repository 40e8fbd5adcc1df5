//! When a review is due.

use chrono::{DateTime, TimeDelta, Utc};

/// Hours that a town gives itself to answer, unless it sets others.
pub const DEFAULT_HOURS: u32 = 72;

/// The instant by which a version submitted then should be decided, with a delay in plain hours.
pub fn due_at(submitted: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
    submitted.checked_add_signed(TimeDelta::hours(i64::from(hours))).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
