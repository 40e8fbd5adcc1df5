//! The waiting list of a full slot: first come, first served, with offers that expire.

use chrono::{DateTime, TimeDelta, Utc};

/// Hours for which a mission may hold a place that came free for whoever is next.
pub const OFFER_HOURS: [u32; 5] = [2, 6, 12, 24, 48];

/// Hours where a mission says nothing else.
pub const DEFAULT_OFFER_HOURS: u32 = 24;

/// Of the time that is left until the slot, the part that one person may take to answer: three others come after.
const PART: i32 = 4;

/// Few people read an e-mail in less; within the last hour it is half of what is left.
const CALM: TimeDelta = TimeDelta::minutes(30);

/// Nobody reads an e-mail and answers in less.
const LEAST: TimeDelta = TimeDelta::minutes(5);

/// Until when a place is held for somebody: `hours` from now, less where the slot is near. Whoever does not answer is passed
/// over then, for the next in the list, until the slot begins: a quarter of the time that is left, half an hour at least while
/// there is an hour, then half of what is left, five minutes at least, and never beyond the start. `None` once it has come.
///
/// `start` is the instant until which somebody can still be of use: the beginning of a dated slot, the end of an open period.
pub fn offered_until(now: DateTime<Utc>, start: DateTime<Utc>, hours: u32) -> Option<DateTime<Utc>> {
    let left = start - now;
    if left <= TimeDelta::zero() {
        return None;
    }
    let wished = TimeDelta::hours(i64::from(hours));
    let part = (left / PART).max(CALM.min(left / 2)).max(LEAST);
    Some(now + wished.min(part).min(left))
}
