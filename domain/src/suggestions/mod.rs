//! Missions suggested to a volunteer, each with why.

mod rules;
mod service;
mod views;

pub use rules::{Candidate, Home, OpenSlot, Person, Weighed, distance_km, suggest};
pub use service::Suggestions;
pub use views::{Reason, Suggested, SuggestionsPage, SuggestionsState};
