//! What is kept of a profile, and what its page shows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Availability, Language, Means, ProfileForm};
use crate::{ids::NeighbourhoodId, missions::Term};

/// What a volunteer says of themself, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// Codes of skills.
    pub skills: BTreeSet<String>,
    /// Codes of domains in which they like to help.
    pub liked: BTreeSet<String>,
    /// What they may use.
    pub means: Vec<Means>,
    /// When they are free.
    pub availability: Availability,
    /// Kilometres that they go, from their town.
    pub radius: Option<u32>,
    /// Their part of their town.
    pub neighbourhood: Option<NeighbourhoodId>,
    /// Languages that they speak.
    pub languages: Vec<Language>,
    /// Whether they like to help from home.
    pub remote: bool,
    /// Whether missions may be suggested to them.
    pub suggestions: bool,
    /// Whether organisations that lack volunteers may have them written to.
    pub cover: bool,
}

impl Profile {
    /// As its form shows it, but for what applying asks.
    pub fn form(&self) -> ProfileForm {
        let yes = |yes: bool| if yes { "yes".to_owned() } else { String::new() };
        ProfileForm {
            skills: self.skills.iter().cloned().collect(),
            liked: self.liked.iter().cloned().collect(),
            means: self.means.iter().map(ToString::to_string).collect(),
            availability: self.availability.codes(),
            radius: self.radius.map(|radius| radius.to_string()).unwrap_or_default(),
            neighbourhood: self.neighbourhood.map(|id| id.to_string()).unwrap_or_default(),
            languages: self.languages.iter().map(ToString::to_string).collect(),
            remote: yes(self.remote),
            suggestions: yes(self.suggestions),
            cover: yes(self.cover),
            ..ProfileForm::default()
        }
    }
}

/// The profile of whoever asks, with what can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfilePage {
    /// Whether something that suggestions are worked out from is kept, and can be erased.
    pub kept: bool,
    /// What is kept; empty otherwise.
    pub form: ProfileForm,
    /// Skills to choose from.
    pub skills: Vec<Term>,
    /// Domains to choose from.
    pub domains: Vec<Term>,
    /// Parts of the volunteer's town, if it is one of the network: ids and names.
    pub neighbourhoods: Vec<(String, String)>,
}
