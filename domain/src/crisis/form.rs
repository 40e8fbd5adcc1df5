//! Measures as they are typed.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    error::{FieldErrors, Problem},
    paris, text,
};

/// Measures end a year from now at the latest; those that must last longer are prolonged, which somebody decides.
pub const LONGEST_DAYS: u32 = 366;
/// The ages that may be set.
const AGES: (u32, u32) = (18, 120);
/// The groups that may be set: a slot has 500 places at most.
const GROUPS: (u32, u32) = (1, 500);

/// Measures as they are sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MeasuresForm {
    /// What they are called: «Confinement de printemps».
    pub title: String,
    /// First day (`2026-03-17`).
    pub first_day: String,
    /// Last day, included.
    pub last_day: String,
    /// `all` domains go on, or `some`.
    pub limit: String,
    /// Codes of the domains that go on.
    pub domains: Vec<String>,
    /// The age from which volunteers get remote missions only; empty for none.
    pub remote_from_age: String,
    /// The most people together; empty for no limit.
    pub largest_group: String,
    /// Safety rules, one a line, in French; empty for none.
    pub rules_fr: String,
    /// The same in English; empty, French is shown.
    pub rules_en: String,
    /// What the banner says, in French.
    pub banner_fr: String,
    /// The same in English; empty, French is shown.
    pub banner_en: String,
}

/// What measures say, and until when: this may change while they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Last day, included.
    pub last_day: NaiveDate,
    /// Safety rules in French and English, one a line.
    pub rules: (String, String),
    /// The banner in French and English.
    pub banner: (String, String),
}

/// Measures that may be switched on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What they are called.
    pub title: String,
    /// First day.
    pub first_day: NaiveDate,
    /// Codes of the domains that go on; `None` for all.
    pub domains: Option<BTreeSet<String>>,
    /// The age from which volunteers get remote missions only.
    pub remote_from_age: Option<u32>,
    /// The most people together.
    pub largest_group: Option<u32>,
    /// The rest.
    pub wording: Wording,
}

fn date(typed: &str) -> Result<NaiveDate, Problem> {
    if typed.trim().is_empty() {
        return Err(Problem::Required);
    }
    let date = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").map_err(|_| Problem::NotADate)?;
    // A calendar goes further than that, up to a last day which no day follows.
    if (1..=9999).contains(&date.year()) { Ok(date) } else { Err(Problem::NotADate) }
}

/// A number that may be left out.
fn number(typed: &str, (min, max): (u32, u32)) -> Result<Option<u32>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let number: u32 = typed.parse().map_err(|_| Problem::NotANumber)?;
    let range = Problem::OutOfRange { min: i64::from(min), max: i64::from(max) };
    if (min..=max).contains(&number) { Ok(Some(number)) } else { Err(range) }
}

fn or(second: String, first: &str) -> String {
    if second.is_empty() { first.to_owned() } else { second }
}

impl MeasuresForm {
    /// Reads everything. `known` holds the codes of the domains that can be chosen.
    ///
    /// # Errors
    /// The problem of each wrong field.
    pub fn read(&self, now: DateTime<Utc>, known: &[String]) -> Result<Terms, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = errors.take("title", text::line(&self.title, 3, 120));
        let first_day = errors.take("first_day", date(&self.first_day));
        let domains = errors.take(if self.limit == "some" { "domains" } else { "limit" }, self.allowed(known));
        let remote_from_age = errors.take("remote_from_age", number(&self.remote_from_age, AGES));
        let largest_group = errors.take("largest_group", number(&self.largest_group, GROUPS));
        let wording = self.read_wording(now).map_err(|wrong| errors.merge(wrong)).ok();
        if let (Some(first), Some(wording)) = (first_day, &wording)
            && wording.last_day < first
        {
            errors.add("last_day", Problem::EndBeforeStart);
        }
        let read = || {
            Some(Terms {
                title: title?,
                first_day: first_day?,
                domains: domains?,
                remote_from_age: remote_from_age?,
                largest_group: largest_group?,
                wording: wording?,
            })
        };
        match (errors.is_empty(), read()) {
            (true, Some(terms)) => Ok(terms),
            _ => Err(errors),
        }
    }

    /// Reads what may still change while measures hold.
    ///
    /// # Errors
    /// The problem of each wrong field.
    pub fn read_wording(&self, now: DateTime<Utc>) -> Result<Wording, FieldErrors> {
        let mut errors = FieldErrors::default();
        let last_day = errors.take("last_day", last_day(&self.last_day, now));
        let rules_fr = errors.take("rules_fr", text::paragraphs(&self.rules_fr, 0, 2000));
        let rules_en = errors.take("rules_en", text::paragraphs(&self.rules_en, 0, 2000));
        let banner_fr = errors.take("banner_fr", text::line(&self.banner_fr, 5, 300));
        let banner_en = errors.take("banner_en", text::line(&self.banner_en, 0, 300));
        if rules_fr.as_deref() == Some("") && rules_en.as_deref().is_some_and(|english| !english.is_empty()) {
            errors.add("rules_fr", Problem::Required);
        }
        match (last_day, rules_fr, rules_en, banner_fr, banner_en) {
            (Some(last_day), Some(rules_fr), Some(rules_en), Some(banner_fr), Some(banner_en)) if errors.is_empty() => {
                Ok(Wording {
                    last_day,
                    rules: (rules_fr.clone(), or(rules_en, &rules_fr)),
                    banner: (banner_fr.clone(), or(banner_en, &banner_fr)),
                })
            }
            _ => Err(errors),
        }
    }

    fn allowed(&self, known: &[String]) -> Result<Option<BTreeSet<String>>, Problem> {
        match self.limit.as_str() {
            "all" => Ok(None),
            "some" => {
                let chosen: BTreeSet<String> = self.domains.iter().filter(|code| !code.is_empty()).cloned().collect();
                if chosen.is_empty() {
                    Err(Problem::Required)
                } else if chosen.iter().all(|code| known.contains(code)) {
                    Ok(Some(chosen))
                } else {
                    Err(Problem::NotAChoice)
                }
            }
            _ => Err(Problem::NotAChoice),
        }
    }
}

fn last_day(typed: &str, now: DateTime<Utc>) -> Result<NaiveDate, Problem> {
    let (last, today) = (date(typed)?, paris::date(now));
    if last < today {
        return Err(Problem::DateInPast);
    }
    let latest = today.checked_add_days(Days::new(u64::from(LONGEST_DAYS))).unwrap_or(NaiveDate::MAX);
    if last > latest { Err(Problem::PeriodTooLong { max_days: LONGEST_DAYS }) } else { Ok(last) }
}
