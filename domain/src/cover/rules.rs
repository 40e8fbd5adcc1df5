//! Of which slots cover may be asked, whom it is asked of, and what is told of them. Pure: everything comes from the caller; who
//! fits is asked of [`crate::suggestions`].

use std::cmp::Reverse;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::{Crowd, Ground};
use crate::{
    alerts::rules::leaves_at,
    applications::{door::still_shut, rules::Span},
    error::{Conflict, Problem},
    ids::AccountId,
    missions::SlotLine,
    paris,
    suggestions::Reason,
    text,
};

/// People that one ask writes to at most.
pub const MOST_AT_ONCE: usize = 20;

/// E-mails of this kind that one person gets in a calendar month of Europe/Paris at most, whatever the organisations.
pub const MOST_A_MONTH: u32 = 2;

/// The smallest number of people that is told: fewer could be recognised.
pub const FEWEST_TOLD: u32 = 3;

/// The numbers of people that are told: exact ones, before and after somebody applies or is asked, would tell who agreed.
const STEPS: [u32; 8] = [FEWEST_TOLD, 5, 10, 20, 50, 100, 200, 500];

/// How long before a slot begins cover may be asked for it.
pub const AHEAD: TimeDelta = TimeDelta::days(14);

/// Characters of the longest word of an organisation.
pub const LONGEST_WORD: u32 = 300;

/// A slot, as far as it matters to whether cover may be asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedSlot {
    /// Whether the mission is online, and both its organisation and whoever holds the slot are approved.
    pub online: bool,
    /// Called off.
    pub cancelled: bool,
    /// Beginning and end.
    pub span: Span,
    /// Places, or fewer where crisis measures let fewer people together.
    pub places: u32,
    /// Places that somebody has.
    pub taken: u32,
    /// The day from which its mission takes applications, if there is one.
    pub opens_on: Option<NaiveDate>,
}

impl AskedSlot {
    /// A slot of a mission that is online and takes applications, where no measures narrow it.
    pub const fn of(line: &SlotLine) -> Self {
        let SlotLine { cancelled, places, taken, .. } = *line;
        Self { online: true, cancelled, span: (line.starts_at, line.ends_at), places, taken, opens_on: None }
    }

    /// Whether cover may be asked for it now.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, now: DateTime<Utc>) -> Result<(), Conflict> {
        let begins = self.span.0;
        // First what nothing mends any more: a mission that is over is not told that it is not online.
        if self.cancelled {
            Err(Conflict::CoverCancelled)
        } else if begins <= now {
            Err(Conflict::CoverBegun)
        } else if !self.online {
            Err(Conflict::CoverOffline)
        } else if let Some(day) = still_shut(self.opens_on, now) {
            Err(Conflict::OpensOn(day))
        } else if self.taken >= self.places {
            Err(Conflict::CoverFull)
        } else if begins > now + AHEAD {
            Err(Conflict::CoverTooEarly)
        } else if begins <= leaves_at(now) {
            Err(Conflict::CoverTooLate)
        } else {
            Ok(())
        }
    }
}

/// Somebody who fits a slot and may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting {
    /// Who.
    pub who: AccountId,
    /// What they have in common with the mission, in points.
    pub points: u32,
    /// When they were last asked for cover, whatever for.
    pub asked_at: Option<DateTime<Utc>>,
    /// Why they fit.
    pub reasons: Vec<Reason>,
}

/// In the order in which they are asked: the best fit first; of those who fit as well, whom nobody asked yet, then whoever was
/// asked longest ago.
#[must_use]
pub fn ranked(mut fitting: Vec<Fitting>) -> Vec<Fitting> {
    fitting.sort_by_key(|one| (Reverse(one.points), one.asked_at, one.who));
    fitting
}

/// The calendar month, in Paris, in which an e-mail arrives that is written at this instant: `202611`. What is written at night
/// arrives in the morning.
pub fn month(at: DateTime<Utc>) -> i32 {
    let day = paris::date(leaves_at(at));
    day.year() * 100 + i32::try_from(day.month()).unwrap_or_default()
}

/// A number of people, as it is told.
pub fn crowd(people: usize) -> Crowd {
    let people = u32::try_from(people).unwrap_or(u32::MAX);
    match STEPS.into_iter().rev().find(|step| *step <= people) {
        Some(step) => Crowd::AtLeast(step),
        None if people == 0 => Crowd::Nobody,
        None => Crowd::Few,
    }
}

/// Why these people fit, the commonest reason first. A reason of fewer people than are ever told is left out, and so is one that
/// all but as few have: it would tell of those few.
pub fn grounds(fitting: &[Fitting]) -> Vec<Ground> {
    let mut counted: Vec<(Ground, u32)> = Vec::new();
    for ground in fitting.iter().flat_map(|one| one.reasons.iter().map(Ground::of)) {
        match counted.iter_mut().find(|(known, _)| *known == ground) {
            Some((_, people)) => *people += 1,
            None => counted.push((ground, 1)),
        }
    }
    let all = u32::try_from(fitting.len()).unwrap_or(u32::MAX);
    let told = |people: u32| people >= FEWEST_TOLD && (people >= all || all - people >= FEWEST_TOLD);
    counted.retain(|(_, people)| told(*people));
    counted.sort_by_key(|(_, people)| Reverse(*people));
    counted.into_iter().map(|(ground, _)| ground).collect()
}

/// Reads the word of an organisation: many people get it.
///
/// # Errors
/// `TooLong`, `ControlCharacters`, or `ContactDetails` where it seems to hold a phone number, an address or a NIR.
pub fn word(typed: &str) -> Result<String, Problem> {
    let word = text::paragraphs(typed, 0, LONGEST_WORD)?;
    if text::contact_details(&word).is_some() { Err(Problem::ContactDetails) } else { Ok(word) }
}
