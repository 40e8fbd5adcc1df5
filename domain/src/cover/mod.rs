//! Asking for cover: an organisation with places that nobody fills has volunteers written to who fit and agreed to be asked. It
//! learns how many there are, and never who.

pub mod rules;
mod service;
mod views;

pub use rules::AskedSlot;
pub use service::Cover;
pub use views::{CoverPage, CoverRequest, Crowd, Ground};
