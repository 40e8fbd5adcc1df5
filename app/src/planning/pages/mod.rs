//! Pages of planning; their addresses are in `crate::spaces`.

mod batches;
mod pattern;

pub use batches::Batches;
pub use pattern::PatternPage;
