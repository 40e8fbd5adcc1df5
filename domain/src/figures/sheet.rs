//! How figures are made of what happened: pure, so that a test can count along.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::{Decisions, Measures, Period};
use crate::{
    ids::{AccountId, MunicipalityId},
    reviews::ReviewStatus,
};

/// A review that was decided.
#[derive(Debug, Clone, Copy)]
pub struct Decided {
    /// Its town.
    pub town: MunicipalityId,
    /// How it ended.
    pub outcome: ReviewStatus,
    /// Hours of the town's working days from when the version came to when it was decided.
    pub hours: u32,
    /// Whether that was by its due date.
    pub in_time: bool,
    /// When it was decided.
    pub at: DateTime<Utc>,
}

/// A slot that took place.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// The town of its mission.
    pub town: MunicipalityId,
    /// Its places.
    pub places: u32,
    /// When it ended.
    pub at: DateTime<Utc>,
}

/// A place that a volunteer had, to the end, in a slot that took place.
#[derive(Debug, Clone, Copy)]
pub struct Served {
    /// The town of the mission.
    pub town: MunicipalityId,
    /// Who.
    pub volunteer: AccountId,
    /// Whether the volunteer was there, as far as is known: not noted absent.
    pub came: bool,
    /// How long the slot lasted; `None` for an open period, which says no hours.
    pub minutes: Option<u32>,
    /// When it ended.
    pub at: DateTime<Utc>,
}

/// An application that came in.
#[derive(Debug, Clone, Copy)]
pub struct Applied {
    /// The town of the mission.
    pub town: MunicipalityId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Time that a volunteer gave, as the organisation noted and validated it.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    /// The town of the mission.
    pub town: MunicipalityId,
    /// How long.
    pub minutes: u32,
    /// When the slot ended.
    pub at: DateTime<Utc>,
}

/// Equipment that changed hands.
#[derive(Debug, Clone)]
pub struct Moved {
    /// The town whose stock it is.
    pub town: MunicipalityId,
    /// Code of the kind.
    pub code: String,
    /// Units that were handed out; below zero for those that came back.
    pub units: i64,
    /// When the slot ended that it was for; for what was for none, when it changed hands.
    pub at: DateTime<Utc>,
}

/// What was counted together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// The figures.
    pub measures: Measures,
    /// Units of equipment that were handed out and did not come back, by the code of the kind.
    pub used: BTreeMap<String, u32>,
}

/// What was counted in a period.
#[derive(Debug, Clone)]
pub struct Tallied {
    /// In all.
    pub whole: Counted,
    /// Of each week of the period, in order.
    pub weeks: Vec<Counted>,
    /// Of each town where something happened.
    pub towns: HashMap<MunicipalityId, Counted>,
}

/// The smallest value that so many percent of the values do not exceed (the nearest rank); `None` of no value.
///
/// The values are put in order.
pub fn percentile(values: &mut [u32], percent: u32) -> Option<u32> {
    values.sort_unstable();
    let rank = (values.len() * percent.min(100) as usize).div_ceil(100);
    values.get(rank.saturating_sub(1)).copied()
}

/// What is counted together: a week, a town, or all of it.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    decisions: Decisions,
    in_time: u32,
    hours_of_review: Vec<u32>,
    applications: u32,
    places: u32,
    filled: u32,
    volunteers: HashSet<AccountId>,
    minutes: u64,
    given: u64,
    used: BTreeMap<String, i64>,
}

impl Sheet {
    fn decided(&mut self, review: &Decided) {
        match review.outcome {
            ReviewStatus::GreenLight => self.decisions.green_light += 1,
            ReviewStatus::ChangesRequested => self.decisions.changes_requested += 1,
            ReviewStatus::Refused => self.decisions.refused += 1,
            ReviewStatus::Waiting | ReviewStatus::InReview => return,
        }
        self.in_time += u32::from(review.in_time);
        self.hours_of_review.push(review.hours);
    }

    fn held(&mut self, slot: &Held) {
        self.places += slot.places;
    }

    fn served(&mut self, place: &Served) {
        self.filled += 1;
        if place.came {
            self.volunteers.insert(place.volunteer);
            self.minutes += u64::from(place.minutes.unwrap_or_default());
        }
    }

    fn counted(mut self) -> Counted {
        let measures = Measures {
            decisions: self.decisions,
            in_time: self.in_time,
            median: percentile(&mut self.hours_of_review, 50),
            ninetieth: percentile(&mut self.hours_of_review, 90),
            applications: self.applications,
            places: self.places,
            filled: self.filled,
            volunteers: u32::try_from(self.volunteers.len()).unwrap_or(u32::MAX),
            hours: hours(self.minutes),
            given: hours(self.given),
        };
        let used = self.used.into_iter().filter_map(|(code, units)| {
            let units = u32::try_from(units).ok().filter(|units| *units > 0)?;
            Some((code, units))
        });
        Counted { measures, used: used.collect() }
    }
}

/// To the nearest hour.
fn hours(minutes: u64) -> u32 {
    u32::try_from((minutes + 30) / 60).unwrap_or(u32::MAX)
}

/// Counts what happened in a period: in all, by week, by town.
#[derive(Debug)]
pub struct Tally {
    period: Period,
    whole: Sheet,
    weeks: Vec<Sheet>,
    towns: HashMap<MunicipalityId, Sheet>,
}

impl Tally {
    /// Nothing yet.
    pub fn new(period: Period) -> Self {
        let weeks = vec![Sheet::default(); period.weeks().len()];
        Self { period, whole: Sheet::default(), weeks, towns: HashMap::new() }
    }

    /// Does the same to each sheet that something belongs to; what lies outside the period belongs to none.
    fn each(&mut self, town: MunicipalityId, at: DateTime<Utc>, count: impl Fn(&mut Sheet)) {
        let Some(week) = self.period.week_index(at).and_then(|index| self.weeks.get_mut(index)) else { return };
        count(week);
        count(&mut self.whole);
        count(self.towns.entry(town).or_default());
    }

    /// Counts a decision.
    pub fn decided(&mut self, review: &Decided) {
        self.each(review.town, review.at, |sheet| sheet.decided(review));
    }

    /// Counts the places of a slot.
    pub fn held(&mut self, slot: &Held) {
        self.each(slot.town, slot.at, |sheet| sheet.held(slot));
    }

    /// Counts a place that a volunteer had.
    pub fn served(&mut self, place: &Served) {
        self.each(place.town, place.at, |sheet| sheet.served(place));
    }

    /// Counts an application.
    pub fn applied(&mut self, application: &Applied) {
        self.each(application.town, application.at, |sheet| sheet.applications += 1);
    }

    /// Counts time that was given.
    pub fn given(&mut self, time: &Given) {
        self.each(time.town, time.at, |sheet| sheet.given += u64::from(time.minutes));
    }

    /// Counts equipment that changed hands.
    pub fn moved(&mut self, equipment: &Moved) {
        self.each(equipment.town, equipment.at, |sheet| {
            *sheet.used.entry(equipment.code.clone()).or_default() += equipment.units;
        });
    }

    /// What was counted.
    pub fn counted(self) -> Tallied {
        Tallied {
            whole: self.whole.counted(),
            weeks: self.weeks.into_iter().map(Sheet::counted).collect(),
            towns: self.towns.into_iter().map(|(town, sheet)| (town, sheet.counted())).collect(),
        }
    }
}
