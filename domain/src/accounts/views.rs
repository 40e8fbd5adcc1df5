//! What is sent and shown about accounts.

use serde::{Deserialize, Serialize};

use crate::{
    actor::Locale,
    ids::{AccountId, OrganisationId},
};

/// The registration form, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Registration {
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// E-mail address, the account's name.
    pub email: String,
    /// Twelve characters at least.
    pub password: String,
    /// `aider` asks for a birth date and makes a volunteer's profile at once; `organisation` does not.
    pub purpose: String,
    /// Birth date (`2001-12-31`), volunteers only.
    pub birth_date: String,
    /// Where to go once the e-mail is confirmed: a path of this site.
    pub next: String,
}

/// What a volunteer's profile asks, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VolunteerForm {
    /// Birth date (`2001-12-31`).
    pub birth_date: String,
    /// Name, postcode or INSEE code of the town, optional.
    pub town: String,
    /// Phone, optional; shown to an organisation only while an application lives.
    pub phone: String,
    /// `yes` to be reminded of slots, or empty.
    pub reminders: String,
}

/// The signed-in person, as the page's frame needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The account.
    pub id: AccountId,
    /// First and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Whether the e-mail was proved.
    pub email_confirmed: bool,
    /// The language of e-mails.
    pub locale: Locale,
    /// Whether there is a volunteer's profile.
    pub volunteer: bool,
    /// Organisations administered.
    pub organisations: Vec<(OrganisationId, String)>,
    /// Municipalities coordinated: INSEE code and name.
    pub municipalities: Vec<(String, String)>,
    /// Whether this person runs the network.
    pub network: bool,
}

/// What opens a session: the secret goes into a cookie once and is never stored.
#[derive(Clone)]
pub struct NewSession {
    /// 256 random bits, URL-safe text.
    pub token: String,
    /// Lifetime in seconds.
    pub max_age: u32,
}
