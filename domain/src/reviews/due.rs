//! When a review is due: the town's hours run on the days it works, and stand still on the others.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};

use crate::paris;

/// Hours that a town gives itself to answer, unless it sets others: three working days.
pub const DEFAULT_HOURS: u32 = 72;
/// Hours before the due time at which a town is reminded, unless it sets others: the working day before.
pub const DEFAULT_REMINDER_HOURS: u32 = 24;
/// Letters about due times leave at eight: one a morning, rather than one a file.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => panic!("evaluated by the compiler, on a constant"),
};
const DAY: TimeDelta = TimeDelta::days(1);

/// Days of the week: those on which a service works, or of a pattern of slots; never none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OpenDays(u8);

impl OpenDays {
    /// Monday to Friday.
    pub const WEEKDAYS: Self = Self(0b001_1111);
    /// Every day.
    pub const ALL: Self = Self(0b111_1111);

    /// From its bits, the first for Monday; `None` without any day, or with an eighth.
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits == 0 || bits > Self::ALL.0 { None } else { Some(Self(bits)) }
    }

    /// Its bits, the first for Monday.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// From the numbers of ISO 8601: 1 for Monday to 7 for Sunday. `None` without any, or with another number.
    pub fn from_numbers<'a>(numbers: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut bits = 0;
        for number in numbers {
            match number.parse::<u8>() {
                Ok(day @ 1..=7) => bits |= 1 << (day - 1),
                _ => return None,
            }
        }
        Self::from_bits(bits)
    }

    /// Its days, as numbers of ISO 8601.
    pub fn numbers(self) -> impl Iterator<Item = u8> {
        (1..=7).filter(move |day| self.0 & (1 << (day - 1)) != 0)
    }

    /// Whether it holds this day.
    pub const fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }
}

impl Default for OpenDays {
    fn default() -> Self {
        Self::WEEKDAYS
    }
}

/// Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm of Nature, 1876).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(day / 31).ok()?, u32::try_from(day % 31 + 1).ok()?)
}

/// Whether a day is a public holiday: article L3133-1 of the labour code, and L3134-13 for Alsace and Moselle (Good
/// Friday, where a commune has a Protestant church, which is taken for granted, and 26 December).
pub fn is_holiday(day: NaiveDate, alsace_moselle: bool) -> bool {
    let fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
    let date = (day.month(), day.day());
    if fixed.contains(&date) || (alsace_moselle && date == (12, 26)) {
        return true;
    }
    let since_easter = easter(day.year()).map(|easter| (day - easter).num_days());
    // Easter Monday, Ascension, Whit Monday; Good Friday.
    matches!(since_easter, Some(1 | 39 | 50)) || (alsace_moselle && since_easter == Some(-2))
}

/// Whether a town, by its INSEE code, keeps the two holidays more of Moselle, Bas-Rhin and Haut-Rhin.
pub fn is_of_alsace_moselle(insee: &str) -> bool {
    ["57", "67", "68"].iter().any(|department| insee.starts_with(department))
}

/// The days on which a town's service works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Calendar {
    days: OpenDays,
    alsace_moselle: bool,
}

impl Calendar {
    /// That of a town, by its INSEE code: Moselle, Bas-Rhin and Haut-Rhin keep two holidays more.
    pub fn of(insee: &str, days: OpenDays) -> Self {
        Self { days, alsace_moselle: is_of_alsace_moselle(insee) }
    }

    /// Whether the service works that day.
    pub fn is_open(self, day: NaiveDate) -> bool {
        self.days.has(day.weekday()) && !is_holiday(day, self.alsace_moselle)
    }

    /// The instant so many hours of working days later. A working day has 24 of them, by the clock in Paris; what comes on
    /// another day, or in the night, comes on the next morning of a working day.
    pub fn after(self, from: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
        let mut left = TimeDelta::hours(i64::from(hours));
        let mut at = paris::to_paris(from);
        if !self.is_open(at.date()) || at.time() < MORNING {
            at = paris::to_paris(self.morning_from(from).unwrap_or(from));
        }
        loop {
            let Some(tomorrow) = at.date().succ_opt() else { return DateTime::<Utc>::MAX_UTC };
            let midnight = tomorrow.and_time(NaiveTime::MIN);
            if self.is_open(at.date()) {
                if left <= midnight - at {
                    return instant(at + left);
                }
                left -= midnight - at;
            }
            at = midnight;
        }
    }

    /// The whole hours of working days between two instants, as [`Self::after`] runs: what comes on another day, or in the
    /// night, comes on the next morning of a working day.
    pub fn hours_between(self, from: DateTime<Utc>, to: DateTime<Utc>) -> u32 {
        let (mut at, end) = (paris::to_paris(from), paris::to_paris(to));
        if !self.is_open(at.date()) || at.time() < MORNING {
            at = paris::to_paris(self.morning_from(from).unwrap_or(from));
        }
        let mut spent = TimeDelta::zero();
        while at < end {
            let Some(tomorrow) = at.date().succ_opt() else { break };
            let until = end.min(tomorrow.and_time(NaiveTime::MIN));
            if self.is_open(at.date()) {
                spent += until - at;
            }
            at = until;
        }
        u32::try_from(spent.num_hours()).unwrap_or_default()
    }

    /// The instant so many hours of working days earlier.
    fn before(self, from: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
        let mut left = TimeDelta::hours(i64::from(hours));
        let mut end = paris::to_paris(from);
        loop {
            // Midnight is the end of the day before.
            let midnight = if end.time() == NaiveTime::MIN { end - DAY } else { end.date().and_time(NaiveTime::MIN) };
            if self.is_open(midnight.date()) {
                if left <= end - midnight {
                    return instant(end - left);
                }
                left -= end - midnight;
            }
            if midnight.date() <= NaiveDate::MIN + Days::new(2) {
                return DateTime::<Utc>::MIN_UTC;
            }
            end = midnight;
        }
    }

    /// The last morning of a working day, until then.
    fn morning_until(self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = paris::to_paris(at);
        let mut day = if local.time() < MORNING { local.date().pred_opt()? } else { local.date() };
        while !self.is_open(day) {
            day = day.pred_opt()?;
        }
        Some(instant(day.and_time(MORNING)))
    }

    /// The first morning of a working day, from then on.
    fn morning_from(self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = paris::to_paris(at);
        let mut day = if local.time() > MORNING { local.date().succ_opt()? } else { local.date() };
        while !self.is_open(day) {
            day = day.succ_opt()?;
        }
        Some(instant(day.and_time(MORNING)))
    }
}

/// The instant of a clock in Paris; in the hour that the spring change skips, the one an hour later.
fn instant(local: NaiveDateTime) -> DateTime<Utc> {
    paris::from_paris(local)
        .or_else(|| paris::from_paris(local + TimeDelta::hours(1)))
        .unwrap_or_else(|| local.and_utc())
}

/// When a version submitted at an instant should be decided, and when the town is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// By when it should be decided.
    pub due_at: DateTime<Utc>,
    /// When those who review are reminded, unless that would be at once, or the town wants no reminder.
    pub remind_at: Option<DateTime<Utc>>,
    /// When it is told to whom the town says, if it is not decided.
    pub escalate_at: Option<DateTime<Utc>>,
}

impl Deadline {
    /// With the hours of working days that the town gives itself, and those before the end at which it is reminded (0:
    /// never). Both letters leave in the morning of a working day.
    pub fn new(calendar: Calendar, submitted: DateTime<Utc>, hours: u32, reminder: u32) -> Self {
        let due_at = calendar.after(submitted, hours);
        let remind_at = (reminder > 0)
            .then(|| calendar.morning_until(calendar.before(due_at, reminder)))
            .flatten()
            .filter(|morning| *morning > submitted);
        Self { due_at, remind_at, escalate_at: calendar.morning_from(due_at) }
    }
}
