//! Saved searches that write.

mod api;
mod pages;

pub use api::*;
pub use pages::{AlertsPage, StopPage};
