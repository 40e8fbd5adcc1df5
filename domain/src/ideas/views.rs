//! What is sent and shown about ideas.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::IdeaStatus;
use crate::{
    ids::{IdeaId, MissionId, OrganisationId},
    network::TownRef,
    reviews::HistoryLine,
};

/// Months after the end of an exchange at which the contact details are erased.
pub const KEPT_MONTHS: u32 = 6;

/// The public form, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdeaForm {
    /// Name of the association.
    pub association: String,
    /// Who writes.
    pub contact_name: String,
    /// Where to answer.
    pub email: String,
    /// Where to call, optional.
    pub phone: String,
    /// What is to be done, 20 to 2 000 characters.
    pub what: String,
    /// For whom, optional.
    pub whom: String,
    /// Where, optional.
    pub place: String,
    /// When, optional.
    pub moment: String,
    /// Nobody sees this field: only a program fills it in.
    pub website: String,
}

/// What the page of the form shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaWelcome {
    /// The town.
    pub town: TownRef,
    /// The name of its service.
    pub service: String,
}

/// The words of an idea.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaLines {
    /// Name of the association.
    pub association: String,
    /// What is to be done.
    pub what: String,
    /// For whom; may be empty.
    pub whom: String,
    /// Where; may be empty.
    pub place: String,
    /// When; may be empty.
    pub moment: String,
}

/// A message of the exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaMessage {
    /// Who of the town's service wrote; `None` for the association.
    pub coordinator: Option<String>,
    /// The text.
    pub body: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// The exchange as who holds the personal link sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaExchange {
    /// The town.
    pub town: TownRef,
    /// The name of its service.
    pub service: String,
    /// Where it stands.
    pub status: IdeaStatus,
    /// The idea.
    pub idea: IdeaLines,
    /// The messages, oldest first.
    pub messages: Vec<IdeaMessage>,
    /// Why it was closed, if it was.
    pub reason: Option<String>,
}

states! {
    /// Which ideas are listed.
    #[derive(Default)]
    pub enum IdeaTab {
        /// They wait for the service.
        #[default]
        Waiting = "waiting",
        /// The service has answered.
        Answered = "answered",
        /// A draft was made of them.
        Turned = "turned",
        /// They ended without a mission.
        Closed = "closed",
    }
}

impl IdeaTab {
    /// The state of the ideas of this part.
    pub const fn status(self) -> IdeaStatus {
        match self {
            Self::Waiting => IdeaStatus::New,
            Self::Answered => IdeaStatus::Answered,
            Self::Turned => IdeaStatus::TurnedIntoMission,
            Self::Closed => IdeaStatus::Closed,
        }
    }
}

/// One line of the coordinators' list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaRow {
    /// The idea.
    pub id: IdeaId,
    /// Name of the association.
    pub association: String,
    /// Its beginning.
    pub title: String,
    /// Where it stands.
    pub status: IdeaStatus,
    /// When it was sent, UTC.
    pub sent_at: DateTime<Utc>,
    /// When something last happened, UTC.
    pub updated_at: DateTime<Utc>,
}

/// The ideas of a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaList {
    /// The town.
    pub town: TownRef,
    /// What is listed.
    pub tab: IdeaTab,
    /// The lines: those that wait longest first, else the newest.
    pub rows: Vec<IdeaRow>,
    /// How many in each part, in the order of [`IdeaTab::ALL`].
    pub counts: Vec<u32>,
}

/// How to reach who wrote; erased some months after the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaContact {
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Phone, if given.
    pub phone: Option<String>,
}

/// An organisation of the town in whose name the draft can be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaCandidate {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// It is probably the one that wrote.
    pub likely: bool,
}

/// The draft that was made of an idea.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaMission {
    /// The mission.
    pub id: MissionId,
    /// The organisation in whose name it is.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
}

/// The coordinators' page of an idea.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaFile {
    /// The idea.
    pub id: IdeaId,
    /// Its town.
    pub town: TownRef,
    /// Where it stands.
    pub status: IdeaStatus,
    /// Its words.
    pub idea: IdeaLines,
    /// Who wrote, until it is erased.
    pub contact: Option<IdeaContact>,
    /// When it was sent, UTC.
    pub sent_at: DateTime<Utc>,
    /// The messages, oldest first.
    pub messages: Vec<IdeaMessage>,
    /// Every act, newest first.
    pub history: Vec<HistoryLine>,
    /// Organisations of the town that may have written, best first.
    pub candidates: Vec<IdeaCandidate>,
    /// The draft that was made of it.
    pub mission: Option<IdeaMission>,
    /// Whether the viewer may act (a network admin only reads).
    pub may_write: bool,
}
