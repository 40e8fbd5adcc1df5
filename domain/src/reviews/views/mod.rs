//! What is sent and shown about reviews.

mod checklist;
mod comparison;
mod decision;
mod file;
mod queue;

pub use checklist::*;
pub use comparison::*;
pub use decision::*;
pub use file::*;
pub use queue::*;
