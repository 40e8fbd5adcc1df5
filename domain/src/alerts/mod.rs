//! Saved searches: who keeps one is told of new missions that match.

mod form;
pub mod rules;
mod service;
mod views;

pub use form::{Alert, AlertForm};
pub use rules::{MAX_ALERTS, Pace};
pub use service::Alerts;
pub use views::{AlertRow, AlertSummary, AlertsPage, StoppedAlert};
