//! Who asks.

use serde::{Deserialize, Serialize};

use crate::{
    access::Role,
    error::{AppError, Outcome},
    ids::{AccountId, MunicipalityId, OrganisationId},
    team::Duty,
};

/// The language of a person's pages and e-mails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// French, first.
    #[default]
    Fr,
    /// English, complete.
    En,
}

impl Locale {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The tag of BCP 47.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language of a tag such as `en-GB`; `None` for one that we do not speak.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "fr" => Some(Self::Fr),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Picks a person's text from a pair.
    pub const fn pick<'a>(self, fr: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Fr => fr,
            Self::En => en,
        }
    }
}

/// A role held somewhere. One account may hold several, in several places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// Runs the installation for the association of towns.
    NetworkAdmin,
    /// Reviews missions and organisations of one municipality.
    Coordinator(MunicipalityId),
    /// Drafts, submits, answers for one organisation.
    OrganisationAdmin(OrganisationId),
    /// Answers applicants of one organisation and notes who came.
    OrganisationHelper(OrganisationId),
}

impl Grant {
    /// The organisation in whose team it is held, if it is.
    pub const fn organisation(self) -> Option<OrganisationId> {
        match self {
            Self::OrganisationAdmin(id) | Self::OrganisationHelper(id) => Some(id),
            Self::NetworkAdmin | Self::Coordinator(_) => None,
        }
    }
}

/// Who asks, from where, in which language.
#[derive(Debug, Clone, Default)]
pub struct Actor {
    /// The signed-in account; `None` for a visitor.
    pub account: Option<AccountId>,
    /// What the account may do, and where.
    pub grants: Vec<Grant>,
    /// Whether the account has a volunteer's profile.
    pub volunteer: bool,
    /// The language of the answer.
    pub locale: Locale,
    /// The network address, for throttling only; never stored with the person's data.
    pub address: String,
}

impl Actor {
    /// The signed-in account.
    ///
    /// # Errors
    /// `SignInFirst` for a visitor.
    pub fn signed_in(&self) -> Outcome<AccountId> {
        self.account.ok_or(AppError::SignInFirst)
    }

    /// Whether this person coordinates that municipality.
    pub fn coordinates(&self, municipality: MunicipalityId) -> bool {
        self.grants.contains(&Grant::Coordinator(municipality))
    }

    /// The role of this person in that organisation, the one that may most.
    pub fn role_in(&self, organisation: OrganisationId) -> Option<Role> {
        let holds = |grant| self.grants.contains(&grant);
        if holds(Grant::OrganisationAdmin(organisation)) {
            Some(Role::OrganisationAdmin)
        } else if holds(Grant::OrganisationHelper(organisation)) {
            Some(Role::OrganisationHelper)
        } else {
            None
        }
    }

    /// Whether this person has a duty in that organisation.
    pub fn may(&self, organisation: OrganisationId, duty: Duty) -> bool {
        self.role_in(organisation).is_some_and(|role| duty.is_of(role))
    }

    /// Whether this person runs the network.
    pub fn runs_network(&self) -> bool {
        self.grants.contains(&Grant::NetworkAdmin)
    }

    /// Passes whoever has a duty in that organisation.
    ///
    /// # Errors
    /// `SignInFirst` for a visitor; `NotFound` for anybody else: what belongs to another tenant does not exist, and what a
    /// helper has no part in does not exist for them.
    pub fn require_organisation(&self, organisation: OrganisationId, duty: Duty) -> Outcome<AccountId> {
        let account = self.signed_in()?;
        if self.may(organisation, duty) { Ok(account) } else { Err(AppError::NotFound) }
    }

    /// Passes a coordinator of that municipality.
    ///
    /// # Errors
    /// `SignInFirst` for a visitor; `NotFound` for anybody else.
    pub fn require_coordinator(&self, municipality: MunicipalityId) -> Outcome<AccountId> {
        let account = self.signed_in()?;
        if self.coordinates(municipality) { Ok(account) } else { Err(AppError::NotFound) }
    }

    /// Passes whoever may read a municipality's files: its coordinators and the network's admins.
    ///
    /// # Errors
    /// `SignInFirst` for a visitor; `NotFound` for anybody else.
    pub fn require_municipality_reader(&self, municipality: MunicipalityId) -> Outcome<AccountId> {
        let account = self.signed_in()?;
        if self.coordinates(municipality) || self.runs_network() { Ok(account) } else { Err(AppError::NotFound) }
    }

    /// Passes an admin of the network.
    ///
    /// # Errors
    /// `SignInFirst` for a visitor; `NotFound` for anybody else.
    pub fn require_network(&self) -> Outcome<AccountId> {
        let account = self.signed_in()?;
        if self.runs_network() { Ok(account) } else { Err(AppError::NotFound) }
    }
}
