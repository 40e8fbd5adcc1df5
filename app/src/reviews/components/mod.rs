//! The parts of the review page.

mod changes;
mod checklist;
mod decision;
mod duplicates;
mod exchange;
mod join;
mod keys;
mod network;
mod standing;
mod topics;
mod watch;

pub use changes::Changes;
pub use changes::{field_name, since, slot_change, slot_line, value_of};
pub use checklist::{Checklist, FORM as CHECKLIST_FORM, Ticked, answer, answered, finding};
pub use decision::{Approve, Decisions, Requests};
pub use duplicates::Duplicates;
pub use duplicates::why;
pub use exchange::{Answered, Exchange, Rounds, Timeline};
pub(super) use join::JoinTo;
pub use keys::{Key, Keys};
pub use network::{AskTheNetwork, NetworkActs, beyond};
pub use standing::{Standing, state};
pub use topics::{Messages, TopicSelect, Topics};
pub use watch::{Watch, Watched};
