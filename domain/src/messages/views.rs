//! What is sent and shown about messages.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::rules::LONGEST_TEMPLATE;
use crate::{
    applications::ApplicationStatus,
    error::FieldErrors,
    ids::{AnswerTemplateId, ApplicationId, MessageReportId, MissionId, OrganisationId},
    network::TownRef,
    reviews::HistoryLine,
    text,
};

states! {
    /// Who writes: whoever applied, or the admins of the organisation that answers, together.
    pub enum Side {
        /// The volunteer.
        Volunteer = "volunteer",
        /// The organisation.
        Organisation = "organisation",
    }
}

impl Side {
    /// The one that is written to.
    pub const fn other(self) -> Self {
        match self {
            Self::Volunteer => Self::Organisation,
            Self::Organisation => Self::Volunteer,
        }
    }
}

/// Through which space an exchange is opened. The same person may have both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Door {
    /// The volunteer's own space.
    Volunteer,
    /// That of the organisation that answers, at one of its missions.
    Organisation(OrganisationId, MissionId),
}

impl Door {
    /// The door that a form names: its organisation and mission, both empty for the volunteer's.
    pub fn parse(organisation: &str, mission: &str) -> Option<Self> {
        match (organisation, mission) {
            ("", "") => Some(Self::Volunteer),
            _ => Some(Self::Organisation(organisation.parse().ok()?, mission.parse().ok()?)),
        }
    }

    /// Whose space it is.
    pub const fn side(self) -> Side {
        match self {
            Self::Volunteer => Side::Volunteer,
            Self::Organisation(..) => Side::Organisation,
        }
    }
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageLine {
    /// Who wrote, as the reader may know them.
    pub author: String,
    /// For which side.
    pub side: Side,
    /// The text.
    pub body: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// The exchange about an application, as one of its sides sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagePage {
    /// The application.
    pub application: ApplicationId,
    /// Where it stands.
    pub status: ApplicationStatus,
    /// The door it was opened through.
    pub door: Door,
    /// The title of the mission.
    pub mission: String,
    /// The name of the organisation that answers.
    pub organisation: String,
    /// Who applied, as the reader may know them.
    pub volunteer: String,
    /// Oldest first; the word that came with the application is the first.
    pub lines: Vec<MessageLine>,
    /// Until when both sides write, UTC; `None` once they only read.
    pub open_until: Option<DateTime<Utc>>,
    /// This side only reads for now: its organisation is suspended.
    pub paused: bool,
    /// When the newest message was written that this side has not marked as read, UTC.
    pub unread: Option<DateTime<Utc>>,
    /// Whether there is something of the other side's to report.
    pub may_report: bool,
    /// This side has a report that the town has not closed yet.
    pub reported: bool,
    /// The texts that the organisation keeps, for its side.
    pub templates: Vec<AnswerTemplate>,
}

/// How a message to several went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkMessage {
    /// Written to.
    pub done: u32,
    /// Not written to: their exchange is over.
    pub skipped: u32,
}

/// A text that an organisation keeps to answer with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerTemplate {
    /// The text's id.
    pub id: AnswerTemplateId,
    /// What the organisation calls it.
    pub name: String,
    /// The text.
    pub body: String,
}

/// The texts that an organisation keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerTemplates {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its texts, by name.
    pub templates: Vec<AnswerTemplate>,
}

/// Such a text, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerTemplateForm {
    /// Its name, at most 80 characters.
    pub name: String,
    /// The text, at most 1 000 characters.
    pub body: String,
}

impl AnswerTemplateForm {
    /// The name and the text.
    ///
    /// # Errors
    /// What is wrong with either.
    pub fn checked(&self) -> Result<(String, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", text::line(&self.name, 1, 80));
        let body = errors.take("body", text::paragraphs(&self.body, 3, LONGEST_TEMPLATE));
        match (name, body) {
            (Some(name), Some(body)) => Ok((name, body)),
            _ => Err(errors),
        }
    }
}

/// A report in the list of a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// The report.
    pub id: MessageReportId,
    /// The title of the mission.
    pub mission: String,
    /// The organisation that answers.
    pub organisation: String,
    /// Who reported, and for which side.
    pub reporter: (String, Side),
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// When it was closed, UTC.
    pub closed_at: Option<DateTime<Utc>>,
}

/// What was reported in a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportList {
    /// The town.
    pub town: TownRef,
    /// Those that wait, the longest first; then those that are closed, the newest first.
    pub rows: Vec<ReportRow>,
}

/// One report, for the coordinators of the town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFile {
    /// The town.
    pub town: TownRef,
    /// What the list says of it.
    pub row: ReportRow,
    /// Who applied.
    pub volunteer: String,
    /// What was said of it.
    pub reason: String,
    /// The exchange, once this coordinator has opened it (the history says who did), and until the report is closed.
    pub lines: Option<Vec<MessageLine>>,
    /// The word that closed it.
    pub word: Option<String>,
    /// Whether this coordinator may open the exchange and close the report: nobody does who is a side of it.
    pub may_act: bool,
    /// Whether whoever looks is of the network, as no coordinator of the town may judge it.
    pub network: bool,
    /// Every act, newest first.
    pub history: Vec<HistoryLine>,
}
