//! What is sent and shown when a town reviews an organisation.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{OrganisationSpace, OrganisationStatus, likeness::Alike};
use crate::{
    ids::{AccountId, OrganisationId, OrganisationReviewId},
    network::TownRef,
    reviews::{
        ChecklistLine, Decision, Dismissal, HistoryLine, NetworkEyes, OrganisationRow, RequestLine, ReviewStatus,
    },
};

states! {
    /// Which organisations of a town are listed.
    #[derive(Default)]
    pub enum OrganisationTab {
        /// Every one but drafts; those that wait first.
        #[default]
        All = "all",
        /// Waiting for a decision, by due date.
        Open = "open",
        /// Waiting, and nobody's yet.
        Waiting = "waiting",
        /// Taken by the viewer.
        Mine = "mine",
        /// Past the due date.
        Overdue = "overdue",
        /// Sent back, waiting for the organisation.
        ChangesRequested = "changes_requested",
    }
}

/// The organisations of a town, for its coordinators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationList {
    /// The town.
    pub town: TownRef,
    /// What is listed.
    pub tab: OrganisationTab,
    /// The lines.
    pub rows: Vec<OrganisationRow>,
    /// How many in each part, in the order of [`OrganisationTab::ALL`].
    pub counts: Vec<u32>,
}

impl OrganisationTab {
    /// Whether a line belongs to this part.
    pub fn holds(self, row: &OrganisationRow) -> bool {
        let open = row.status == OrganisationStatus::Submitted;
        match self {
            Self::All => true,
            Self::Open => open,
            Self::Waiting => open && row.taken_by.is_none(),
            Self::Mine => open && row.mine,
            Self::Overdue => open && row.overdue,
            Self::ChangesRequested => row.status == OrganisationStatus::ChangesRequested,
        }
    }
}

/// One submission of an organisation, in the coordinators' hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The file.
    pub id: OrganisationReviewId,
    /// Where it stands.
    pub status: ReviewStatus,
    /// When it is due, UTC.
    pub due_at: DateTime<Utc>,
    /// Who took it, if anyone.
    pub taken_by: Option<String>,
    /// That person's account.
    pub holder: Option<AccountId>,
    /// Taken by the viewer.
    pub mine: bool,
    /// 1 for the first submission.
    pub number: u32,
}

/// An organisation of the town that may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookAlike {
    /// The other.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub status: OrganisationStatus,
    /// 0 to 100.
    pub score: u32,
    /// Why, the strongest first.
    pub reasons: Vec<Alike>,
    /// «Not the same because…», when somebody said so of the two as they are now.
    pub dismissed: Option<Dismissal>,
}

/// An organisation as the coordinator reviews it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationFile {
    /// What its admins see.
    pub space: OrganisationSpace,
    /// Names of its admins.
    pub admins: Vec<String>,
    /// Its last submission.
    pub submission: Option<Submission>,
    /// The checklist of that submission.
    pub checklist: Vec<ChecklistLine>,
    /// Organisations of the town that may be the same, best first.
    pub look_alikes: Vec<LookAlike>,
    /// How many organisations of other towns have the same number: no more is told of them.
    pub elsewhere: u32,
    /// The points that were asked to change before this submission, with the organisation's answers.
    pub requests: Vec<RequestLine>,
    /// Four eyes forbid the viewer to decide.
    pub four_eyes: bool,
    /// Whether the viewer may act (a network admin only reads, unless the town asked).
    pub may_write: bool,
    /// Where its submission stands with the network.
    pub network: NetworkEyes,
    /// Decisions open to the viewer now.
    pub decisions: Vec<Decision>,
    /// Every act on it, newest first.
    pub history: Vec<HistoryLine>,
    /// The organisation that waits before this one.
    pub previous: Option<OrganisationId>,
    /// The organisation that waits after this one.
    pub next: Option<OrganisationId>,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}
