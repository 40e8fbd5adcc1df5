//! When missions take place.

use anyhow::Context;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::{
    missions::{SlotKind, SlotPlan},
    paris,
};

use super::world::World;

/// Hours at which a slot begins, with how many it lasts: in the morning, the afternoon, the evening.
const HOURS: &[(u32, u32)] = &[(8, 4), (9, 3), (9, 2), (10, 2), (14, 3), (14, 4), (15, 2), (17, 2), (17, 3), (18, 3)];

/// Where a mission's slots lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// All over.
    Past,
    /// Some over, some to come.
    Now,
    /// All to come.
    Ahead,
}

impl World {
    /// Plans the slots of a mission; `few` gives each of them one to three places.
    pub fn slots(&mut self, era: Era, open: bool, few: bool, when: &str) -> anyhow::Result<Vec<SlotPlan>> {
        if open {
            return Ok(vec![self.open_period(era)?]);
        }
        let mut days: Vec<i64> = Vec::new();
        if era != Era::Ahead {
            let count = if era == Era::Past { self.dice.between(1, 4) } else { self.dice.between(1, 2) };
            for _ in 0..count {
                days.push(-self.dice.between(2, if era == Era::Past { 55 } else { 12 }));
            }
        }
        if era != Era::Past {
            // The first within the week for every other mission, the others over the six next.
            let soon = if self.dice.percent(50) { 7 } else { 42 };
            days.push(self.dice.between(1, soon));
            for _ in 0..self.dice.between(0, if few { 1 } else { 3 }) {
                days.push(self.dice.between(2, 42));
            }
        }
        days.sort_unstable();
        days.dedup();
        days.into_iter().map(|day| self.dated(day, few, when)).collect()
    }

    fn day(&self, offset: i64) -> NaiveDate {
        let days = Days::new(offset.unsigned_abs());
        let day = if offset < 0 { self.today.checked_sub_days(days) } else { self.today.checked_add_days(days) };
        day.unwrap_or(self.today)
    }

    /// A dated slot, so many days from today.
    pub fn dated(&mut self, offset: i64, few: bool, when: &str) -> anyhow::Result<SlotPlan> {
        let (hour, hours) = *self.dice.pick(match when {
            "morning" => &HOURS[..4],
            "afternoon" => &HOURS[4..7],
            "day" => &HOURS[..7],
            "evening" => &HOURS[7..],
            _ => HOURS,
        })?;
        let half = if self.dice.percent(25) { 30 } else { 0 };
        let day = self.day(offset);
        let at = |hour: u32| -> anyhow::Result<DateTime<Utc>> {
            let time = NaiveTime::from_hms_opt(hour, half, 0).context("an hour of the day")?;
            paris::from_paris(day.and_time(time)).context("an hour of that day")
        };
        let places = if few { self.dice.between(1, 3) } else { self.dice.between(2, 12) };
        Ok(SlotPlan {
            id: self.dice.id(),
            kind: SlotKind::Dated,
            starts_at: at(hour)?,
            ends_at: at(hour + hours)?,
            places: u32::try_from(places)?,
            organisation: None,
        })
    }

    fn open_period(&mut self, era: Era) -> anyhow::Result<SlotPlan> {
        let (from, to) = match era {
            Era::Past => (-self.dice.between(40, 60), -self.dice.between(2, 12)),
            Era::Now => (-self.dice.between(3, 20), self.dice.between(20, 60)),
            Era::Ahead => (self.dice.between(1, 9), self.dice.between(30, 70)),
        };
        let places = u32::try_from(self.dice.between(4, 20))?;
        Ok(SlotPlan {
            id: self.dice.id(),
            kind: SlotKind::OpenPeriod,
            starts_at: paris::midnight(self.day(from)),
            ends_at: paris::midnight(self.day(to + 1)),
            places,
            organisation: None,
        })
    }
}
