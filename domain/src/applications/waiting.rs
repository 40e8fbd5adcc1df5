//! The waiting list of a full slot: first come, first served, with offers that expire.

use chrono::{DateTime, TimeDelta, Utc};

/// Hours for which a mission may hold a place that came free for whoever is next.
pub const OFFER_HOURS: [u32; 5] = [2, 6, 12, 24, 48];

/// Hours where a mission says nothing else.
pub const DEFAULT_OFFER_HOURS: u32 = 24;

/// Of the time that is left until the slot, the part that one person may take to answer: three others come after.
const PART: i32 = 4;

/// Nobody reads an e-mail in less.
const LEAST: TimeDelta = TimeDelta::minutes(30);

/// Until when a place is held for somebody: `hours` from now, less where the slot is near. `None` where it is so near that
/// an answer would come too late; the place is then for whoever asks first.
///
/// `start` is the instant until which somebody can still be of use: the beginning of a dated slot, the end of an open period.
pub fn offered_until(now: DateTime<Utc>, start: DateTime<Utc>, hours: u32) -> Option<DateTime<Utc>> {
    let left = start - now;
    if left < LEAST * 2 {
        return None;
    }
    let wished = TimeDelta::hours(i64::from(hours));
    Some(now + wished.min((left / PART).max(LEAST)))
}
