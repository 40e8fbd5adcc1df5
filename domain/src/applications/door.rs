//! What stands between somebody and a slot, decided here for the mission's page and for the form alike. Nobody is let in by
//! it: whoever applies is judged again.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::rules::{self, Span};
use crate::{
    crisis::InForce,
    error::Problem,
    ids::{MissionId, SlotId},
    missions::{SlotKind, SlotLine},
    paris,
};

/// What a slot is for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// It has so many free places.
    Open(u32),
    /// It is full, or what is free is for those who wait; so many people do.
    List(u32),
    /// It cannot be asked for.
    Shut(Shut),
}

/// Why a slot cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shut {
    /// Called off.
    CalledOff,
    /// Past.
    Over,
    /// The mission takes applications from this day on, 00:00 in Paris.
    OpensOn(NaiveDate),
    /// Full, and begun: nobody waits for it any more.
    Full,
    /// In one's own live application.
    Applied,
    /// Against a rule that a form tells in these words: age, measures, 24 hours a week.
    Rule(Problem),
    /// At the same time as a slot for which one is counted on: the title of its mission.
    Clash(String),
}

/// A slot for which somebody is counted on already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engagement {
    /// When.
    pub span: Span,
    /// The mission.
    pub mission: MissionId,
    /// Its title.
    pub title: String,
    /// INSEE code of the town where one has to be; `None` from home.
    pub town: Option<String>,
}

/// What holds for a mission.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// Open from 16.
    pub open_to_minors: bool,
    /// From home.
    pub remote: bool,
    /// Measures of its town.
    pub measures: &'a InForce,
    /// The day from which applications are taken, if there is one.
    pub opens_on: Option<NaiveDate>,
    /// The instant, UTC.
    pub now: DateTime<Utc>,
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// Birth date.
    pub birth: NaiveDate,
    /// Where they are counted on already.
    pub engagements: &'a [Engagement],
    /// The slots of their live application to this mission.
    pub applied: &'a [SlotId],
}

/// Those who wait for a slot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Queue {
    /// How many.
    pub people: u32,
    /// One of them may come: what is free is theirs first, or awaits the organisation's choice among those who came before.
    pub goes_first: bool,
}

/// The day on which a mission begins to take applications, while it does not yet: it opens at 00:00 in Paris.
pub fn still_shut(opens_on: Option<NaiveDate>, now: DateTime<Utc>) -> Option<NaiveDate> {
    opens_on.filter(|day| paris::date(now) < *day)
}

/// Whether a mission may begin to take applications on a day: not in the past, unless it stands there already, and no later
/// than its last slot, whose end this is.
///
/// # Errors
/// `DateInPast` or `AfterLastSlot`.
pub fn may_open(
    day: NaiveDate,
    before: Option<NaiveDate>,
    last: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    if day < paris::date(now) && before != Some(day) {
        Err(Problem::DateInPast)
    } else if last.is_some_and(|end| end <= paris::midnight(day)) {
        Err(Problem::AfterLastSlot)
    } else {
        Ok(())
    }
}

/// The first thing that stands between somebody and a slot, in the order in which the form's use case would tell it.
pub fn door(slot: &SlotLine, queue: Queue, terms: Terms<'_>, person: Person<'_>) -> Door {
    let span = (slot.starts_at, slot.ends_at);
    let begun = match slot.kind {
        SlotKind::Dated => slot.starts_at <= terms.now,
        SlotKind::OpenPeriod => slot.ends_at <= terms.now,
    };
    let most = terms.measures.largest_group(terms.remote, span).unwrap_or(u32::MAX);
    let left = slot.places.min(most).saturating_sub(slot.taken);
    if slot.cancelled {
        Door::Shut(Shut::CalledOff)
    } else if slot.ends_at <= terms.now {
        Door::Shut(Shut::Over)
    } else if person.applied.contains(&slot.id) {
        Door::Shut(Shut::Applied)
    } else if let Some(day) = still_shut(terms.opens_on, terms.now) {
        Door::Shut(Shut::OpensOn(day))
    } else if let Some(shut) = against(slot, span, terms, person) {
        Door::Shut(shut)
    } else if left > 0 && !queue.goes_first {
        Door::Open(left)
    } else if begun {
        Door::Shut(Shut::Full)
    } else {
        Door::List(queue.people)
    }
}

impl Door {
    /// The same for somebody who has a live application to the mission, which has one state: `joins` says whether what is free can
    /// share it. Nobody waits for a full slot beside it.
    #[must_use]
    pub fn beside(self, joins: bool) -> Self {
        match self {
            Self::Open(_) | Self::List(_) if !joins => Self::Shut(Shut::Rule(Problem::AnswerFirst)),
            Self::List(_) => Self::Shut(Shut::Rule(Problem::FullBeside)),
            Self::Open(_) | Self::Shut(_) => self,
        }
    }
}

/// The rule that stands against it.
fn against(slot: &SlotLine, span: Span, terms: Terms<'_>, person: Person<'_>) -> Option<Shut> {
    if let Err(refusal) = rules::check_age(person.birth, slot.starts_at, terms.open_to_minors) {
        return Some(Shut::Rule(refusal.problem()));
    }
    if let Err(problem) = terms.measures.may_take(person.birth, terms.remote, span) {
        return Some(Shut::Rule(problem));
    }
    // An open period has no hours of its own.
    if slot.kind != SlotKind::Dated {
        return None;
    }
    if let Some(other) = person.engagements.iter().find(|other| rules::overlaps(other.span, span)) {
        return Some(Shut::Clash(other.title.clone()));
    }
    let existing: Vec<Span> = person.engagements.iter().map(|other| other.span).collect();
    rules::check_weekly(&existing, &[span]).is_err().then_some(Shut::Rule(Problem::WeeklyLimit))
}

/// Less than this between two places in two towns is told, and not refused.
const ON_THE_WAY: TimeDelta = TimeDelta::hours(1);

/// What somebody has in another town less than an hour before or after a dated slot on site.
pub fn too_near<'a>(slot: &SlotLine, town: Option<&str>, engagements: &'a [Engagement]) -> Option<&'a Engagement> {
    let town = town.filter(|_| slot.kind == SlotKind::Dated && !slot.cancelled)?;
    let wide = (slot.starts_at - ON_THE_WAY, slot.ends_at + ON_THE_WAY);
    let elsewhere = |other: &Engagement| other.town.as_deref().is_some_and(|code| code != town);
    engagements.iter().find(|other| elsewhere(other) && rules::overlaps(wide, other.span))
}

/// The one reason why nothing of a mission can be asked for: that of its first slot that is neither past nor called off.
/// `None` while something can.
pub fn reason<'a>(doors: impl IntoIterator<Item = &'a Door>) -> Option<&'a Shut> {
    let shut = doors.into_iter().map(|door| match door {
        Door::Shut(shut) => Some(shut),
        Door::Open(_) | Door::List(_) => None,
    });
    let shut = shut.collect::<Option<Vec<&Shut>>>()?;
    shut.iter().find(|shut| !matches!(shut, Shut::CalledOff | Shut::Over)).or(shut.first()).copied()
}
