//! The invented names and texts.

use anyhow::Context;
use serde::{Deserialize, de::DeserializeOwned};

use super::monday::MondayText;

/// Everything that was written for the demonstration.
#[derive(Debug)]
pub struct Corpus {
    /// First names.
    pub given_names: Vec<String>,
    /// Last names.
    pub family_names: Vec<String>,
    /// Streets, without a number.
    pub streets: Vec<String>,
    /// The towns of the network; the first is the demonstration's own.
    pub towns: Vec<TownText>,
    /// Organisations.
    pub organisations: Vec<OrganisationText>,
    /// Missions.
    pub missions: Vec<MissionText>,
    /// The queue of the first town.
    pub monday: Vec<MondayText>,
    /// What people write to each other.
    pub messages: Messages,
}

/// A town.
#[derive(Debug, Deserialize)]
pub struct TownText {
    pub insee: String,
    pub name: String,
    pub department: String,
    pub postcodes: String,
    pub population: i32,
    pub latitude: f64,
    pub longitude: f64,
    pub neighbourhoods: Vec<String>,
    pub service_name: String,
    pub service_email: String,
    pub service_phone: String,
    pub opening_days: String,
    pub work_days: Vec<String>,
}

/// An organisation.
#[derive(Debug, Clone, Deserialize)]
pub struct OrganisationText {
    pub name: String,
    pub legal_form: String,
    pub description: String,
    /// Codes of the domains in which it works.
    pub domains: Vec<String>,
}

/// A mission.
#[derive(Debug, Clone, Deserialize)]
pub struct MissionText {
    pub domain: String,
    pub title: String,
    pub goal: String,
    pub description: String,
    pub prerequisites: String,
    pub safety_rules: String,
    pub beneficiaries: Vec<String>,
    pub remote: bool,
    pub open_to_minors: bool,
    pub practical: String,
    /// `morning`, `afternoon`, `evening`, `day` for either of the first two, or nothing.
    pub when: String,
}

/// What people write to each other.
#[derive(Debug, Deserialize)]
pub struct Messages {
    /// From a volunteer, with an application; some write nothing.
    pub application: Vec<String>,
    /// Why an application is declined.
    pub declined: Vec<String>,
    /// Why a mission is called off.
    pub cancelled: Vec<String>,
    /// What a coordinator asks to change in a mission.
    pub changes: Vec<String>,
    /// Why a mission is refused.
    pub refused: Vec<String>,
    /// What an organisation answers a coordinator.
    pub answers: Vec<String>,
    /// What a coordinator asks an organisation.
    pub questions: Vec<String>,
    /// What a coordinator asks to change in an organisation's form.
    pub organisation_changes: Vec<String>,
    /// Why an organisation is refused.
    pub organisation_refused: Vec<String>,
    /// Why an organisation is suspended.
    pub organisation_suspended: Vec<String>,
}

impl Corpus {
    /// Reads it.
    ///
    /// # Errors
    /// When a file is not what this program expects.
    pub fn read() -> anyhow::Result<Self> {
        Ok(Self {
            given_names: parse("given_names", include_str!("corpus/given_names.json"))?,
            family_names: parse("family_names", include_str!("corpus/family_names.json"))?,
            streets: parse("streets", include_str!("corpus/streets.json"))?,
            towns: parse("towns", include_str!("corpus/towns.json"))?,
            organisations: parse("organisations", include_str!("corpus/organisations.json"))?,
            missions: parse("missions", include_str!("corpus/missions.json"))?,
            monday: parse("monday", include_str!("corpus/monday.json"))?,
            messages: parse("messages", include_str!("corpus/messages.json"))?,
        })
    }
}

fn parse<T: DeserializeOwned>(name: &str, text: &str) -> anyhow::Result<T> {
    serde_json::from_str(text).with_context(|| format!("demonstration data: {name}.json"))
}
