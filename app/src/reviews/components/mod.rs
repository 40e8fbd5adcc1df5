//! The parts of the review page.

mod changes;
mod checklist;
mod decision;
mod duplicates;
mod exchange;
mod keys;
mod standing;
mod watch;

pub use changes::Changes;
pub(super) use changes::{field_name, slot_line, value_of};
pub use checklist::{Checklist, Ticked};
pub use decision::{Approve, Decisions, Requests};
pub use duplicates::Duplicates;
pub(super) use duplicates::why;
pub use exchange::{Answered, Exchange, Timeline};
pub use keys::{Key, Keys};
pub use standing::Standing;
pub use watch::{Watch, Watched};
