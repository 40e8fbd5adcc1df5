//! Planning: slots that repeat, missions taken up again, the week before an organisation.

mod api;
mod pages;

pub use api::*;
pub use pages::{Batches, Change, CopyButton, CopyForm, CopyNote, PatternPage, ReduceSlotPage, Week};
