//! What an organisation plans ahead: slots that repeat, and missions taken up again.

pub mod moved;
pub mod pattern;
mod service;
mod views;

pub use moved::moved;
pub use pattern::{Pattern, Proposed, Rhythm, Verdict};
pub use service::Planning;
pub use views::*;
