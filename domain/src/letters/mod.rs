//! Letters to associations: the town's directory, what is written to it, and who came because of it.

pub mod directory;
pub mod fields;
mod service;
mod status;
mod views;

pub use directory::{Column, Entry, LineProblem, RefusedLine};
pub use service::Letters;
pub use status::*;
pub use views::*;
