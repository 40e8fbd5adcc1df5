//! What is shown of saved searches.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::AlertForm;
use crate::{ids::AlertId, missions::Term, network::TownRef};

/// A saved search of whoever asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertRow {
    /// Which.
    pub id: AlertId,
    /// Its filters, and how often it writes.
    pub form: AlertForm,
    /// When it last wrote, UTC.
    pub told_at: Option<DateTime<Utc>>,
}

/// The saved searches of whoever asks, with what can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertsPage {
    /// Oldest first.
    pub alerts: Vec<AlertRow>,
    /// Domains to choose from.
    pub domains: Vec<Term>,
    /// Towns to choose from.
    pub towns: Vec<TownRef>,
}

/// What a search asks, with the words that a person reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSummary {
    /// Its filters, and how often it writes.
    pub form: AlertForm,
    /// Its domain in words, or empty.
    pub domain: String,
    /// The name of its town, or empty.
    pub town: String,
}

/// What the link of an e-mail leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoppedAlert {
    /// The search that still writes; `None` where the link belongs to none: it was ended, or is not whole.
    pub search: Option<AlertSummary>,
}
