//! The queue.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::ReviewStatus;
use crate::{
    ids::{OrganisationId, ReviewId},
    missions::{NeighbourhoodRef, Term},
    network::TownRef,
    supplies::Shortage,
};

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
    /// Page from 1.
    pub page: u32,
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
    /// What to look at first, of what waits.
    pub marks: Vec<Mark>,
}

/// What a line of the queue warns of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// So many likely duplicates that nobody dismissed.
    Duplicates(u32),
    /// It is not compared with the others of its town yet: a next look says what it resembles.
    NotCompared,
    /// Its text speaks of dangers.
    Dangers(Vec<String>),
    /// It says that nobody supervises.
    Unsupervised,
    /// Equipment of which units are missing.
    Short(Vec<String>),
    /// Crisis measures do not let its domain go on.
    Forbidden,
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
    /// The lines of this page, by due date.
    pub rows: Vec<QueueRow>,
    /// This page, from 1.
    pub page: u32,
    /// Pages in all, 1 at least.
    pub pages: u32,
    /// How many the filters leave in each part: open, waiting, mine, overdue, changes requested, done.
    pub counts: [u32; 6],
    /// Organisations that wait for a decision.
    pub organisations_waiting: u32,
    /// Testimonials that ask for something.
    pub testimonials_waiting: u32,
    /// Reported exchanges that the viewer may see and nobody has closed.
    pub reports_waiting: u32,
    /// Whether the viewer coordinates the town: the network reads what is about missions, and no exchange of messages.
    pub coordinates: bool,
    /// Equipment that will be short in the next seven days.
    pub short: Vec<Shortage>,
    /// Missions that are offline because of crisis measures.
    pub offline: u32,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}
