//! The file on one version of a mission, and the list of organisations.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{super::ReviewStatus, ChecklistLine, Earlier, HistoryLine, ItemRef, LikelyDuplicate, Message, NetworkEyes};
use crate::{
    crisis::ReviewMeasures,
    ids::{AccountId, OrganisationId, RequestId, ReviewId},
    missions::MissionPage,
    network::TownRef,
    organisations::OrganisationStatus,
    supplies::MissionSupplies,
};

/// The review page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewFile {
    /// The review.
    pub id: ReviewId,
    /// Its town.
    pub town: TownRef,
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
    /// Four eyes forbid the viewer to decide.
    pub four_eyes: bool,
    /// The viewer may act (a network admin only reads, unless the town asked).
    pub may_act: bool,
    /// Where it stands with the network.
    pub network: NetworkEyes,
    /// The mission as the public will see it.
    pub mission: MissionPage,
    /// The organisation's id.
    pub organisation: OrganisationId,
    /// Version number: 1 for a new mission.
    pub version: u32,
    /// The earlier version that it is read beside, if there is one.
    pub since: Option<Earlier>,
    /// When what the system found was kept, UTC: with the decision. `None` while it is found anew each time, and for a file
    /// that was decided before anything was kept.
    pub found_at: Option<DateTime<Utc>>,
    /// The checklist.
    pub checklist: Vec<ChecklistLine>,
    /// What crisis measures say of it.
    pub crisis: ReviewMeasures,
    /// Likely duplicates, best first.
    pub duplicates: Vec<LikelyDuplicate>,
    /// The equipment it needs against the town's stock.
    pub supplies: MissionSupplies,
    /// What was asked to change in this review and in those before it, with the organisation's answers; newest first.
    pub rounds: Vec<Round>,
    /// The items of the checklist that a message may be about.
    pub topics: Vec<ItemRef>,
    /// The exchange with the organisation.
    pub thread: Vec<Message>,
    /// Every act, newest first.
    pub history: Vec<HistoryLine>,
    /// The review before this one in the queue.
    pub previous: Option<ReviewId>,
    /// The review after this one in the queue.
    pub next: Option<ReviewId>,
    /// The other coordinators, by name: it can be handed over to them.
    pub colleagues: Vec<(AccountId, String)>,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}

/// A point that the organisation was asked to change, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestLine {
    /// The point.
    pub id: RequestId,
    /// The item of the checklist it is about.
    pub item: String,
    /// What was asked.
    pub body: String,
    /// What the organisation answered; empty while it has not.
    pub answer: String,
}

impl RequestLine {
    /// Its key among the answers of a form: one that begins with a digit would be taken for a place in a list.
    pub fn key(id: RequestId) -> String {
        format!("point-{id}")
    }
}

/// A review that ended with changes asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// The review.
    pub review: ReviewId,
    /// Number of the version that was sent back.
    pub version: u32,
    /// When it was sent back, UTC.
    pub at: Option<DateTime<Utc>>,
    /// The points, with the organisation's answers.
    pub lines: Vec<RequestLine>,
    /// What was asked besides the points, or instead of them.
    pub word: Option<String>,
}

/// One line of the coordinators' list of organisations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationRow {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// `association`, `town_hall`, …
    pub legal_form: String,
    /// Where it stands.
    pub status: OrganisationStatus,
    /// When it was submitted, UTC.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When a decision is due, UTC, while it waits for one.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether it is past due.
    pub overdue: bool,
    /// Who took it.
    pub taken_by: Option<String>,
    /// Taken by the viewer.
    pub mine: bool,
    /// Published missions.
    pub published: u32,
}
