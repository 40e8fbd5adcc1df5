//! Pages of planning; their addresses are in `crate::spaces`.

mod batches;
mod change;
mod copy;
mod pattern;
mod reduce;
mod week;

pub use batches::Batches;
pub use change::Change;
pub use copy::{CopyButton, CopyForm, CopyNote};
pub use pattern::PatternPage;
pub use reduce::ReduceSlotPage;
pub use week::Week;
