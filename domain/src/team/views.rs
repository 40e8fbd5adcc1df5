use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    access::Role,
    ids::{AccountId, InvitationId, OrganisationId},
    organisations::OrganisationStatus,
};

/// The team of an organisation, as somebody of it sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamPage {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub status: OrganisationStatus,
    /// Who looks.
    pub me: AccountId,
    /// In which role.
    pub role: Role,
    /// Who is in it: admins first, by name.
    pub members: Vec<MemberLine>,
    /// Invitations that nobody accepted nor took back, the newest first; for admins.
    pub invitations: Vec<InvitationLine>,
    /// What was done lately, the newest first; for admins.
    pub acts: Vec<TeamAct>,
}

/// Somebody of a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    /// Who.
    pub id: AccountId,
    /// First and last name.
    pub name: String,
    /// E-mail, for admins.
    pub email: Option<String>,
    /// In which role.
    pub role: Role,
    /// Since when, UTC.
    pub since: DateTime<Utc>,
}

/// An invitation that waits, or waited too long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationLine {
    /// Its id.
    pub id: InvitationId,
    /// To whom.
    pub email: String,
    /// In which role.
    pub role: Role,
    /// Until when its link works, UTC.
    pub until: DateTime<Utc>,
    /// Whether that is over: it can be sent again.
    pub expired: bool,
}

/// What was done with the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamAct {
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: String,
    /// About whom.
    pub about: String,
    /// A role that was taken, or how somebody left: `removed` or `left`.
    pub to: String,
}
