//! What is sent and shown about the network and its towns.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    crisis::Banner,
    ids::{AccountId, InvitationId, OrganisationId, ReviewId},
    missions::{MissionCard, Need, NeighbourhoodRef, Term},
    reviews::NetworkRequest,
};

/// A town, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TownRef {
    /// INSEE code.
    pub insee: String,
    /// Name.
    pub name: String,
    /// Its part of the page's address.
    pub slug: String,
}

/// A domain in which a town is short of help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TownNeed {
    /// The domain.
    pub domain: Term,
    /// Its places in the weeks to come.
    pub need: Need,
    /// The parts of the town where most places are free, with how many.
    pub parts: Vec<(String, u32)>,
}

/// The public page of a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TownPage {
    /// The town.
    pub town: TownRef,
    /// Name of the service vie associative.
    pub service_name: String,
    /// Its public e-mail.
    pub service_email: Option<String>,
    /// Its public phone.
    pub service_phone: Option<String>,
    /// When it is open.
    pub opening_days: Option<String>,
    /// Parts of the town.
    pub neighbourhoods: Vec<NeighbourhoodRef>,
    /// Approved organisations: id, part of the address, name.
    pub organisations: Vec<(String, String, String)>,
    /// Published missions.
    pub missions: Vec<MissionCard>,
    /// Published missions in all.
    pub total: u32,
    /// Domains with places in the next four weeks, where help is shortest first.
    pub needs: Vec<TownNeed>,
    /// What its crisis measures say.
    pub banners: Vec<Banner>,
    /// What volunteers say, as markup; empty where nobody does.
    pub voices: String,
}

/// A town with its figures, for the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TownFigures {
    /// The town.
    pub town: TownRef,
    /// Inhabitants (INSEE).
    pub population: u32,
    /// Its coordinators.
    pub coordinators: u32,
    /// Approved organisations.
    pub organisations: u32,
    /// Published missions.
    pub published: u32,
    /// Reviews open.
    pub waiting: u32,
    /// Reviews past due.
    pub overdue: u32,
    /// Places in slots to come: taken, in all.
    pub places: (u32, u32),
    /// Applications so far.
    pub applications: u32,
}

/// A file that a town asks the network to decide, as nobody of its own may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedFile {
    /// The town.
    pub town: TownRef,
    /// The organisation, or who proposes the mission.
    pub organisation: (OrganisationId, String),
    /// The review of a mission and its title; `None` when it is about the organisation.
    pub mission: Option<(ReviewId, String)>,
    /// What was asked.
    pub request: NetworkRequest,
    /// When it is due, UTC.
    pub due_at: DateTime<Utc>,
    /// Who has it, by name.
    pub taken_by: Option<String>,
}

/// A person who coordinates, or is invited to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoordinatorLine {
    /// Name; the e-mail for an invitation.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// The account of who coordinates; none for an invitation.
    pub account: Option<AccountId>,
    /// Set while the invitation waits.
    pub invitation: Option<InvitationId>,
    /// Since when, or until when the invitation can be used, UTC.
    pub at: DateTime<Utc>,
}

/// The network's file on a municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MunicipalityFile {
    /// Its figures.
    pub figures: TownFigures,
    /// Its settings, to edit.
    pub settings: MunicipalitySettings,
    /// Coordinators and open invitations.
    pub coordinators: Vec<CoordinatorLine>,
    /// Parts of the town.
    pub neighbourhoods: Vec<NeighbourhoodRef>,
}

/// What a municipality sets, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MunicipalitySettings {
    /// Name of the service vie associative.
    pub service_name: String,
    /// Its public e-mail, optional.
    pub service_email: String,
    /// Its public phone, optional.
    pub service_phone: String,
    /// When it is open, optional.
    pub opening_days: String,
    /// Hours of working days within which a review is due, 1 to 720.
    pub review_hours: String,
    /// The days on which the service works, as numbers of ISO 8601, 1 for Monday.
    pub work_days: Vec<String>,
    /// Hours of working days before the end at which those who review are reminded, 0 to 720; 0 for never.
    pub reminder_hours: String,
    /// Who is told of what is overdue; without it, every coordinator.
    pub escalation_email: String,
    /// `yes`: its only coordinator may review what they wrote; the history says so.
    pub self_review: String,
    /// Parts of the town, one a line.
    pub neighbourhoods: String,
}

/// An invitation, as its link shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationPage {
    /// The e-mail it was sent to.
    pub email: String,
    /// The town to coordinate, or that of the organisation.
    pub town: TownRef,
    /// The organisation to join, if it is one.
    pub organisation: Option<(OrganisationId, String)>,
    /// Whether one is invited there to help, rather than to administer it.
    pub helper: bool,
    /// Who invites.
    pub invited_by: String,
    /// Whether an account with that e-mail exists already (only its holder sees this page).
    pub has_account: bool,
}
