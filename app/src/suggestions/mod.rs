//! Missions suggested to a volunteer.

mod api;
mod page;

pub use api::*;
pub use page::{SuggestionsPage, said};
