//! What is decided, said and told.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

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
    /// The item of the checklist that it is about; none when it is about the file as a whole.
    pub item: Option<ItemRef>,
    /// The text.
    pub body: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// An item of a checklist, to be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRef {
    /// Stable code.
    pub code: String,
    /// The question.
    pub label: String,
}

/// What a town said when it asked the network to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkRequest {
    /// Who asked, by name.
    pub by: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// Their word; may be empty.
    pub word: String,
}

/// Where a file stands with the network, when nobody of its town may decide.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkEyes {
    /// What was asked, while it is.
    pub asked: Option<NetworkRequest>,
    /// The viewer may ask.
    pub may_ask: bool,
    /// The viewer may take the request back.
    pub may_recall: bool,
    /// The viewer, an admin of the network, decides in the town's place.
    pub stands_in: bool,
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
