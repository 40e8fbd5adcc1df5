//! A saved search as its form sends it.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Pace;
use crate::{
    error::{FieldErrors, Problem},
    search::SearchQuery,
    text,
};

/// Characters of the longest words of a search.
const LONGEST_WORDS: u32 = 100;

/// What the form sends: the filters of the search, and how often it writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AlertForm {
    /// Words.
    pub words: String,
    /// Code of a domain, or empty.
    pub domain: String,
    /// INSEE code of a town of the network, or empty.
    pub town: String,
    /// First day (`2026-12-31`), or empty.
    pub from: String,
    /// `yes`: only remote; `no`: only on site; empty: both.
    pub remote: String,
    /// Name of a [`Pace`].
    pub pace: String,
}

/// A saved search, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Words.
    pub words: String,
    /// Code of a domain.
    pub domain: Option<String>,
    /// INSEE code of a town.
    pub town: Option<String>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Only remote, only on site, or both.
    pub remote: Option<bool>,
    /// How often it writes.
    pub pace: Pace,
}

fn one_of(typed: &str, known: &[String]) -> Result<Option<String>, Problem> {
    match typed.trim() {
        "" => Ok(None),
        typed if known.iter().any(|code| code == typed) => Ok(Some(typed.to_owned())),
        _ => Err(Problem::NotAChoice),
    }
}

fn day(typed: &str) -> Result<Option<NaiveDate>, Problem> {
    match typed.trim() {
        "" => Ok(None),
        typed => {
            let date = NaiveDate::parse_from_str(typed, "%Y-%m-%d").map_err(|_| Problem::NotADate)?;
            if (2000..=2999).contains(&date.year()) { Ok(Some(date)) } else { Err(Problem::NotADate) }
        }
    }
}

fn remote(typed: &str) -> Result<Option<bool>, Problem> {
    match typed {
        "" => Ok(None),
        "yes" => Ok(Some(true)),
        "no" => Ok(Some(false)),
        _ => Err(Problem::NotAChoice),
    }
}

impl AlertForm {
    /// Reads everything. `domains` and `towns` hold the codes that can be chosen.
    ///
    /// # Errors
    /// The problem of each wrong field.
    pub fn read(&self, domains: &[String], towns: &[String]) -> Result<Alert, FieldErrors> {
        let mut errors = FieldErrors::default();
        let words = errors.take("words", text::line(&self.words, 0, LONGEST_WORDS));
        let domain = errors.take("domain", one_of(&self.domain, domains));
        let town = errors.take("town", one_of(&self.town, towns));
        let from = errors.take("from", day(&self.from));
        let remote = errors.take("remote", remote(&self.remote));
        let pace = errors.take("pace", Pace::parse(&self.pace).ok_or(Problem::NotAChoice));
        let read =
            || Some(Alert { words: words?, domain: domain?, town: town?, from: from?, remote: remote?, pace: pace? });
        read().ok_or(errors)
    }
}

impl Alert {
    /// As its form shows it.
    pub fn form(&self) -> AlertForm {
        let SearchQuery { words, domain, town, from, remote, .. } = self.query();
        AlertForm { words, domain, town, from, remote, pace: self.pace.to_string() }
    }

    /// As the search asks it.
    pub fn query(&self) -> SearchQuery {
        SearchQuery {
            words: self.words.clone(),
            domain: self.domain.clone().unwrap_or_default(),
            town: self.town.clone().unwrap_or_default(),
            from: self.from.map(|day| day.to_string()).unwrap_or_default(),
            remote: match self.remote {
                None => String::new(),
                Some(true) => "yes".to_owned(),
                Some(false) => "no".to_owned(),
            },
            page: 1,
        }
    }

    /// Whether it finds the same as another, however often it writes.
    pub fn finds_the_same(&self, other: &Self) -> bool {
        self.query() == other.query()
    }
}
