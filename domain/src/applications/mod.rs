//! Applications: a volunteer's offer for slots of a mission, and the organisation's answer.

pub mod door;
mod filter;
mod guardian;
pub mod month;
pub mod pass;
pub mod reminders;
pub mod rules;
mod service;
mod status;
mod views;
pub mod waiting;

pub use filter::{ApplicantFilter, ApplicantOrder, ApplicantSort};
pub use guardian::*;
pub use service::Applications;
pub use status::*;
pub use views::*;
