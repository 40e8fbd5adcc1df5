//! Messages between a volunteer and the organisation that answers; what either side reports to the town.

mod api;
mod pages;

pub use api::*;
pub use pages::{ApplicantMessagesPage, OwnMessagesPage, ReportPage, ReportsPage, TemplatesPage};
