//! A profile as its form sends it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Availability, Language, Means, Profile, RADII};
use crate::{
    accounts::VolunteerForm,
    error::{FieldErrors, Problem},
    ids::NeighbourhoodId,
};

/// What the form sends: what applying asks, then what suggestions are worked out from, of which nothing is required.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    /// Birth date (`2001-12-31`).
    pub birth_date: String,
    /// Name, postcode or INSEE code of the town, optional.
    pub town: String,
    /// Phone, optional.
    pub phone: String,
    /// `yes` to be reminded of slots, or empty.
    pub reminders: String,
    /// Codes of skills.
    pub skills: Vec<String>,
    /// Codes of domains.
    pub liked: Vec<String>,
    /// Names of [`Means`].
    pub means: Vec<String>,
    /// Parts of the week: `2-evening`.
    pub availability: Vec<String>,
    /// One of [`RADII`], or empty.
    pub radius: String,
    /// Id of a part of the volunteer's town, or empty.
    pub neighbourhood: String,
    /// Names of [`Language`]s.
    pub languages: Vec<String>,
    /// `yes`, or empty.
    pub remote: String,
    /// `yes`, or empty.
    pub suggestions: String,
    /// `yes`, or empty.
    pub cover: String,
}

/// What can be chosen of the lists that the network and towns edit.
#[derive(Debug, Clone, Default)]
pub struct Choosable {
    /// Codes of skills.
    pub skills: BTreeSet<String>,
    /// Codes of domains.
    pub domains: BTreeSet<String>,
    /// Parts of the volunteer's town.
    pub neighbourhoods: Vec<NeighbourhoodId>,
}

/// What was chosen, every empty value left out.
fn chosen(values: &[String]) -> impl Iterator<Item = &str> {
    values.iter().map(String::as_str).filter(|value| !value.is_empty())
}

fn codes(values: &[String], known: &BTreeSet<String>) -> Result<BTreeSet<String>, Problem> {
    let codes: BTreeSet<String> = chosen(values).map(str::to_owned).collect();
    if codes.is_subset(known) { Ok(codes) } else { Err(Problem::NotAChoice) }
}

/// Names of a closed list, in its order, each once.
fn names<T: Copy + PartialEq>(values: &[String], all: &[T], parse: fn(&str) -> Option<T>) -> Result<Vec<T>, Problem> {
    let read: Option<Vec<T>> = chosen(values).map(parse).collect();
    let read = read.ok_or(Problem::NotAChoice)?;
    Ok(all.iter().copied().filter(|one| read.contains(one)).collect())
}

fn radius(typed: &str) -> Result<Option<u32>, Problem> {
    match typed {
        "" => Ok(None),
        typed => {
            let known = RADII.into_iter().find(|radius| radius.to_string() == typed);
            known.map(Some).ok_or(Problem::NotAChoice)
        }
    }
}

fn neighbourhood(typed: &str, known: &[NeighbourhoodId]) -> Result<Option<NeighbourhoodId>, Problem> {
    match typed {
        "" => Ok(None),
        typed => {
            let read = typed.parse().ok().filter(|id| known.contains(id));
            read.map(Some).ok_or(Problem::NotAChoice)
        }
    }
}

fn ticked(typed: &str) -> Result<bool, Problem> {
    match typed {
        "" => Ok(false),
        "yes" => Ok(true),
        _ => Err(Problem::NotAChoice),
    }
}

impl ProfileForm {
    /// What applying asks.
    pub fn volunteer(&self) -> VolunteerForm {
        VolunteerForm {
            birth_date: self.birth_date.clone(),
            town: self.town.clone(),
            phone: self.phone.clone(),
            reminders: self.reminders.clone(),
        }
    }

    /// With what applying asks.
    #[must_use]
    pub fn of(self, volunteer: VolunteerForm) -> Self {
        let VolunteerForm { birth_date, town, phone, reminders } = volunteer;
        Self { birth_date, town, phone, reminders, ..self }
    }

    /// Reads what suggestions are worked out from.
    ///
    /// # Errors
    /// `NotAChoice` for each field that holds what cannot be chosen.
    pub fn read(&self, known: &Choosable) -> Result<Profile, FieldErrors> {
        let mut errors = FieldErrors::default();
        let skills = errors.take("skills", codes(&self.skills, &known.skills));
        let liked = errors.take("liked", codes(&self.liked, &known.domains));
        let means = errors.take("means", names(&self.means, Means::ALL, Means::parse));
        let availability = Availability::parse(chosen(&self.availability)).ok_or(Problem::NotAChoice);
        let availability = errors.take("availability", availability);
        let radius = errors.take("radius", radius(&self.radius));
        let neighbourhood = errors.take("neighbourhood", neighbourhood(&self.neighbourhood, &known.neighbourhoods));
        let languages = errors.take("languages", names(&self.languages, Language::ALL, Language::parse));
        let remote = errors.take("remote", ticked(&self.remote));
        let suggestions = errors.take("suggestions", ticked(&self.suggestions));
        let cover = errors.take("cover", ticked(&self.cover));
        let read = || {
            Some(Profile {
                skills: skills?,
                liked: liked?,
                means: means?,
                availability: availability?,
                radius: radius?,
                neighbourhood: neighbourhood?,
                languages: languages?,
                remote: remote?,
                suggestions: suggestions?,
                cover: cover?,
            })
        };
        read().ok_or(errors)
    }
}
