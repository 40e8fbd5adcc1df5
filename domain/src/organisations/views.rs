//! What is sent and shown about organisations.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::OrganisationStatus;
use crate::{
    ids::{MissionId, OrganisationId},
    missions::{MissionCard, MissionStatus},
    network::TownRef,
    reviews::{Message, RequestLine},
};

/// The form of an organisation, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganisationForm {
    /// Name, 3 to 150 characters.
    pub name: String,
    /// `association`, `town_hall`, `ccas`, `public_body` or `other`.
    pub legal_form: String,
    /// National number of an association; it or the SIRET is asked of an association.
    pub rna: String,
    /// Number of an establishment.
    pub siret: String,
    /// INSEE code of a municipality of the network.
    pub town: String,
    /// 200 to 3 000 characters.
    pub description: String,
    /// Public e-mail, optional.
    pub email: String,
    /// Public phone, optional.
    pub phone: String,
    /// Web address, optional.
    pub website: String,
    /// Postal address, optional.
    pub address: String,
    /// Secret of the letter that invited it, if one did.
    pub letter: String,
}

/// An organisation as its admins see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationSpace {
    /// Its id.
    pub id: OrganisationId,
    /// Where it stands.
    pub status: OrganisationStatus,
    /// Whether a helper looks: they see no form but the name, no exchange, and only missions that were online.
    pub helper: bool,
    /// The form, to edit.
    pub form: OrganisationForm,
    /// Its town.
    pub town: TownRef,
    /// Why the coordinator asked for changes or refused, if so.
    pub decision_reason: Option<String>,
    /// Its missions, newest first.
    pub missions: Vec<OwnMission>,
    /// Applications waiting for an answer, over all missions.
    pub pending_applications: u32,
    /// The exchange with the coordinators, oldest first.
    pub thread: Vec<Message>,
    /// What the coordinators ask to change, point by point.
    pub requests: Vec<RequestLine>,
}

/// One line of an organisation's list of missions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnMission {
    /// The mission.
    pub id: MissionId,
    /// Its title, empty for a new draft.
    pub title: String,
    /// Where it stands.
    pub status: MissionStatus,
    /// Name of its organisation, when this one is a partner of it: places and applications are then the partner's.
    pub partner_of: Option<String>,
    /// Whether a newer version is being written or waits for its green light.
    pub newer_version: Option<MissionVersionNote>,
    /// First start of a slot, if any.
    pub starts_at: Option<DateTime<Utc>>,
    /// Places taken and places in all, over the slots to come.
    pub places: (u32, u32),
    /// Applications waiting for an answer.
    pub pending: u32,
}

/// How the version after the published one stands.
pub type MissionVersionNote = crate::missions::VersionStatus;

/// An organisation as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationPage {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its part of the page's address.
    pub slug: String,
    /// `association`, `town_hall`, …
    pub legal_form: String,
    /// Its town.
    pub town: TownRef,
    /// What it says of itself.
    pub description: String,
    /// Web address, if any.
    pub website: Option<String>,
    /// Published missions.
    pub missions: Vec<MissionCard>,
    /// What volunteers say, as markup; empty where nobody does.
    pub voices: String,
}
