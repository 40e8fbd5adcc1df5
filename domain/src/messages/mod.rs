//! Messages between a volunteer and the organisation that answers, one exchange per application; what either side reports.

pub mod rules;
mod service;
mod views;

pub use rules::MAX_TEMPLATES;
pub use service::Messages;
pub use views::*;
