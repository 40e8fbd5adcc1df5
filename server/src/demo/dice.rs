//! Chance that always falls the same way.

use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use uuid::{Builder, Uuid};

/// SplitMix64 from a fixed seed.
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// The dice of the demonstration.
    pub const fn new() -> Self {
        Self(0x5245_4E46_4F52_5431)
    }

    /// The dice of one feature, so that it draws without changing what others draw.
    pub const fn of(feature: u64) -> Self {
        Self(0x5245_4E46_4F52_5431 ^ (feature << 48))
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n`, `n` excluded; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n.max(1)).unwrap_or(1);
        usize::try_from(self.next() % n).unwrap_or_default()
    }

    /// A number from `from` to `to`, both included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let width = usize::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.below(width)).unwrap_or_default()
    }

    /// True so many times out of a hundred.
    pub fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of some things.
    ///
    /// # Errors
    /// When there is none.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> anyhow::Result<&'a T> {
        things.get(self.below(things.len())).context("demonstration data: nothing to choose from")
    }

    /// Mixes some things.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }

    /// The next id.
    pub fn id(&mut self) -> Uuid {
        let (high, low) = (u128::from(self.next()), u128::from(self.next()));
        Builder::from_random_bytes(((high << 64) | low).to_be_bytes()).into_uuid()
    }

    /// An instant from `from` to `to`; `from` when there is no time between.
    pub fn moment(&mut self, from: DateTime<Utc>, to: DateTime<Utc>) -> DateTime<Utc> {
        let seconds = (to - from).num_seconds().max(0);
        from + Duration::seconds(self.between(0, seconds))
    }

    /// A length of time from some hours to some hours.
    pub fn hours(&mut self, from: i64, to: i64) -> Duration {
        Duration::minutes(self.between(from * 60, to * 60))
    }
}
