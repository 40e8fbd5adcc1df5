//! The parts of the review page.

mod changes;
mod checklist;
mod decision;
mod duplicates;
mod exchange;
mod standing;

pub use changes::Changes;
pub use checklist::{Checklist, Ticked};
pub use decision::Decisions;
pub use duplicates::Duplicates;
pub use exchange::{Exchange, Timeline};
pub use standing::Standing;
