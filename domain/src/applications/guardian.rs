//! A guardian's consent to an application of somebody under 18: asked for by a secret link, given or refused there, and
//! withdrawn there as long as a slot is to come.

use serde::{Deserialize, Serialize};

use super::ApplicationStatus;
use crate::{
    access::{Role::Guardian, machine},
    ids::{ApplicationId, MissionId},
    missions::{MissionStatus, SafetyRule, SlotLine},
    network::TownRef,
};

states! {
    /// Where a guardian's consent stands.
    pub enum ConsentStatus {
        /// The link was sent; no answer yet.
        Asked = "asked",
        /// The guardian agrees.
        Given = "given",
        /// The guardian does not agree; the end, also of the application.
        Refused = "refused",
        /// The guardian no longer agrees; the end, also of the application.
        Withdrawn = "withdrawn",
    }
}

states! {
    /// What a guardian can do.
    pub enum ConsentAction {
        /// Agree.
        Give = "give",
        /// Not agree.
        Refuse = "refuse",
        /// No longer agree.
        Withdraw = "withdraw",
    }
}

use ConsentAction as A;
use ConsentStatus as S;

machine!(
    S,
    A,
    &[
        (S::Asked, A::Give, S::Given, &[Guardian]),
        (S::Asked, A::Refuse, S::Refused, &[Guardian]),
        (S::Given, A::Withdraw, S::Withdrawn, &[Guardian]),
    ]
);

impl ConsentAction {
    /// Where consent stands after it.
    pub const fn leads_to(self) -> ConsentStatus {
        match self {
            Self::Give => ConsentStatus::Given,
            Self::Refuse => ConsentStatus::Refused,
            Self::Withdraw => ConsentStatus::Withdrawn,
        }
    }
}

/// What the guardian's link shows: enough to decide, and nothing more of the volunteer than a first name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardianPage {
    /// The application.
    pub id: ApplicationId,
    /// Where it stands.
    pub status: ApplicationStatus,
    /// Where consent stands.
    pub consent: ConsentStatus,
    /// What the guardian may do now.
    pub actions: Vec<ConsentAction>,
    /// First name of the volunteer.
    pub given_name: String,
    /// The mission: id, part of its address, title.
    pub mission: (MissionId, String, String),
    /// Where the mission stands: its page is not always online.
    pub mission_status: MissionStatus,
    /// What it is for.
    pub goal: String,
    /// Who answers for the slots.
    pub organisation: String,
    /// Its town.
    pub town: TownRef,
    /// From home.
    pub remote: bool,
    /// Where, on site.
    pub address: String,
    /// The chosen slots.
    pub slots: Vec<SlotLine>,
    /// Safety rules of the mission, one a line.
    pub safety_rules: String,
    /// Safety rules in force for its domain and by crisis measures.
    pub domain_rules: Vec<SafetyRule>,
}

/// How consent stands for an application, as its volunteer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnConsent {
    /// Where consent stands; `None` when nobody was asked yet.
    pub status: Option<ConsentStatus>,
    /// To whom the link was sent; empty once the application is over.
    pub email: String,
    /// Whether the link can be sent, or sent again, now.
    pub askable: bool,
}
