//! What is sent and shown about reviews.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{JoinPreview, ReviewStatus};
use crate::{
    crisis::ReviewMeasures,
    ids::{AccountId, MissionId, OrganisationId, RequestId, ReviewId},
    missions::{MissionPage, Need, NeighbourhoodRef, SlotLine, Term},
    network::TownRef,
    organisations::OrganisationStatus,
    supplies::{MissionSupplies, Shortage},
};

/// What a coordinator may decide on a mission's version or an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The green light of a mission, the approval of an organisation.
    Approve,
    /// Sent back with what should change.
    RequestChanges,
    /// Refused with a reason; the end.
    Refuse,
    /// Taken offline for a time (organisations).
    Suspend,
    /// Put back online (organisations).
    Reinstate,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 5] = [Self::Approve, Self::RequestChanges, Self::Refuse, Self::Suspend, Self::Reinstate];

    /// Whether it must come with a reason.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::RequestChanges | Self::Refuse | Self::Suspend)
    }

    /// The value in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::RequestChanges => "request_changes",
            Self::Refuse => "refuse",
            Self::Suspend => "suspend",
            Self::Reinstate => "reinstate",
        }
    }

    /// Reads the value of a form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.as_str() == text)
    }
}

/// A message between an organisation and its town's coordinators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Name of the writer.
    pub author: String,
    /// Written by the coordination, rather than the organisation.
    pub from_coordination: bool,
    /// Written by the viewer.
    pub mine: bool,
    /// The text.
    pub body: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// One act of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// Who; `None` for the system.
    pub actor: Option<String>,
    /// The state before, if any (`submitted`).
    pub from: Option<String>,
    /// The state after.
    pub to: String,
    /// Why, if said.
    pub reason: Option<String>,
}

/// Which part of the queue is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueueTab {
    /// Everything open, by due date.
    #[default]
    Open,
    /// Open, and nobody's yet.
    Waiting,
    /// Taken by the viewer.
    Mine,
    /// Past its due date.
    Overdue,
    /// Sent back, waiting for the organisation.
    ChangesRequested,
    /// Decided.
    Done,
}

/// What is asked of the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueAsk {
    /// Which part of it.
    pub tab: QueueTab,
    /// Code of a domain, or empty for all.
    pub domain: String,
    /// Id of a part of the town, or empty for all.
    pub part: String,
    /// Id of an organisation, or empty for all.
    pub organisation: String,
}

impl QueueAsk {
    /// The whole of a part.
    pub fn of(tab: QueueTab) -> Self {
        Self { tab, ..Self::default() }
    }

    /// Whether it asks for some of the lines only.
    pub const fn is_filtered(&self) -> bool {
        !(self.domain.is_empty() && self.part.is_empty() && self.organisation.is_empty())
    }
}

/// What the lines of a part of the queue can be filtered by: values that occur in it, with their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueChoices {
    /// Domains.
    pub domains: Vec<(String, String)>,
    /// Parts of the town.
    pub parts: Vec<(String, String)>,
    /// Organisations.
    pub organisations: Vec<(String, String)>,
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    /// The review.
    pub id: ReviewId,
    /// Title of the mission.
    pub title: String,
    /// Its organisation.
    pub organisation: (OrganisationId, String),
    /// Label of its domain.
    pub domain: Option<Term>,
    /// Its part of the town.
    pub part: Option<NeighbourhoodRef>,
    /// Where the review stands.
    pub status: ReviewStatus,
    /// When it is due, UTC.
    pub due_at: DateTime<Utc>,
    /// Whether it is past due and not decided.
    pub overdue: bool,
    /// Who took it.
    pub taken_by: Option<String>,
    /// Version number: 1 for a new mission.
    pub version: u32,
}

/// The queue of a municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// The town.
    pub town: TownRef,
    /// What was asked.
    pub ask: QueueAsk,
    /// What it can be filtered by.
    pub choices: QueueChoices,
    /// The lines, by due date.
    pub rows: Vec<QueueRow>,
    /// How many in each part: open, waiting, mine, overdue, changes requested, done.
    pub counts: [u32; 6],
    /// Organisations that wait for a decision.
    pub organisations_waiting: u32,
    /// Equipment that will be short in the next seven days.
    pub short: Vec<Shortage>,
    /// Missions that are offline because of crisis measures.
    pub offline: u32,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}

/// The answer to one item of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistLine {
    /// Stable code.
    pub code: String,
    /// The question.
    pub label: String,
    /// One sentence more.
    pub hint: String,
    /// The green light needs a yes (or «not applicable»).
    pub mandatory: bool,
    /// `yes`, `no`, `not_applicable` or empty.
    pub answer: String,
    /// The coordinator's note.
    pub note: String,
    /// What the system found, as a key of the translation files with its count, if it found something.
    pub finding: Option<Finding>,
}

impl ChecklistLine {
    /// Whether the green light still lacks an answer to it, a yes or a «not applicable».
    pub fn is_missing(&self) -> bool {
        self.mandatory && !matches!(self.answer.as_str(), "yes" | "not_applicable")
    }
}

/// What the system found for an item of the checklist; a person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// So many likely duplicates are listed.
    Duplicates(u32),
    /// No likely duplicate was found.
    NoDuplicate,
    /// What other missions of the same domain offer in the same part of town, and who wants it.
    Need(Need),
    /// The mission states no prerequisites.
    NoPrerequisites,
    /// The mission states so many safety rules.
    SafetyRules(u32),
    /// Somebody who took every slot would serve so many hours in the fullest week, within what a person may.
    WeekWithin(u32),
    /// The same, beyond what a person may: nobody can take every slot.
    WeekBeyond(u32),
    /// The town has approved the organisation.
    HostApproved,
    /// The town has not approved the organisation, or has suspended it.
    HostNotApproved,
    /// The mission states no need of equipment.
    NoEquipment,
    /// All the equipment it needs is reserved, or there to be.
    Equipped,
    /// Kinds of equipment of which units are missing: label, units missing, units needed.
    EquipmentShort(Vec<(String, u32, u32)>),
    /// The numbers that the organisation gives, well formed: its RNA, its SIRET.
    Numbers(Option<String>, Option<String>),
    /// So many organisations of other towns of the network have the same number.
    SameNumberElsewhere(u32),
    /// A word of the name that raises the question.
    DoubtfulWord(String),
    /// No word of the name raises the question.
    NoDoubtfulWord,
    /// Its legal form may host volunteers of the civic reserve.
    HostForm,
    /// Its legal form has to be looked at.
    HostFormUnknown,
    /// It can be written to at its own domain.
    OwnEmail(String),
    /// It can be written to at a provider's.
    Email(String),
    /// It gives neither e-mail nor phone.
    NoContact,
    /// So many organisations of the town may be the same.
    LookAlikes(u32),
    /// No organisation of the town looks the same.
    NoLookAlike,
    /// Crisis measures let its domain go on.
    DomainAllowed,
    /// Crisis measures do not let its domain go on.
    DomainForbidden,
    /// Its largest slot on site, and the most people that crisis measures allow together.
    Group(u32, u32),
}

/// Why a mission may offer the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The same kind of help.
    SameHelp,
    /// Much of what is done is the same.
    SameActs,
    /// For the same public.
    SamePublic,
    /// In the same part of town.
    SamePart,
    /// In a part of town that counts as one with it.
    NextPart,
    /// Both from home.
    BothRemote,
    /// So many days in common, from the first slot to the last.
    DaysInCommon(u32),
    /// So many percent of the words mean the same.
    Words(u32),
}

/// A mission that may offer the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LikelyDuplicate {
    /// The other mission.
    pub id: MissionId,
    /// Its title.
    pub title: String,
    /// Its organisation.
    pub organisation: String,
    /// Its part of the public address, when it is public.
    pub slug: Option<String>,
    /// 0 to 100.
    pub score: u32,
    /// Why, the strongest first.
    pub reasons: Vec<Reason>,
    /// «Not a duplicate because…», when somebody said so of the two as they are now.
    pub dismissed: Option<Dismissal>,
}

/// Why two missions are no duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// The reason.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// Two missions side by side, from the review of one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The review.
    pub review: ReviewId,
    /// Its town.
    pub town: TownRef,
    /// Where the review stands.
    pub status: ReviewStatus,
    /// Taken by the viewer.
    pub mine: bool,
    /// The viewer may act on the review.
    pub may_act: bool,
    /// The mission under review, as the public will see it.
    pub this: MissionPage,
    /// The other one, as the public sees it or would.
    pub other: MissionPage,
    /// How alike they are.
    pub likeness: LikelyDuplicate,
    /// What differs, from the mission under review to the other.
    pub differences: Vec<FieldChange>,
    /// What joining the mission under review to the other would do, where it can be joined.
    pub join: Option<JoinPreview>,
    /// The review after this one in the queue.
    pub next: Option<ReviewId>,
}

/// The version that a later one is read beside: what is online, or else the last one that was decided on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Its number.
    pub version: u32,
    /// Whether it is online; otherwise it was sent back.
    pub online: bool,
    /// It, as the public sees it or would have.
    pub page: MissionPage,
    /// What differs.
    pub changed: Vec<FieldChange>,
}

/// A field that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name.
    pub field: String,
    /// How it changed.
    pub change: Change,
}

/// How a field changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A text, by words.
    Words(Vec<Piece>),
    /// Slots, by date.
    Slots(Vec<SlotChange>),
    /// A choice: it is read before and after.
    Value,
}

/// A piece of a text that is read beside an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// In both.
    Same(String),
    /// In the earlier one only.
    Removed(String),
    /// In the later one only.
    Added(String),
}

/// A slot that is not what it was: added without a before, removed without an after, else moved or given other places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotChange {
    /// As it was.
    pub before: Option<SlotLine>,
    /// As it will be.
    pub after: Option<SlotLine>,
}

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
    /// Taken by the viewer.
    pub mine: bool,
    /// Four eyes forbid the viewer to decide.
    pub four_eyes: bool,
    /// The viewer may act (a network admin only reads).
    pub may_act: bool,
    /// The mission as the public will see it.
    pub mission: MissionPage,
    /// The organisation's id.
    pub organisation: OrganisationId,
    /// Version number: 1 for a new mission.
    pub version: u32,
    /// The earlier version that it is read beside, if there is one.
    pub since: Option<Earlier>,
    /// The checklist.
    pub checklist: Vec<ChecklistLine>,
    /// What crisis measures say of it.
    pub crisis: ReviewMeasures,
    /// Likely duplicates, best first.
    pub duplicates: Vec<LikelyDuplicate>,
    /// The equipment it needs against the town's stock.
    pub supplies: MissionSupplies,
    /// The points that were asked to change before this version was sent, with the organisation's answers.
    pub requests: Vec<RequestLine>,
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

/// One answer of the checklist, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChecklistAnswer {
    /// Code of the item.
    pub code: String,
    /// `yes`, `no`, `not_applicable` or empty.
    pub answer: String,
    /// A note, optional.
    pub note: String,
}
