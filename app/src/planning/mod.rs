//! Planning: slots that repeat.

mod api;
mod pages;

pub use api::*;
pub use pages::{Batches, PatternPage};
