//! What an organisation plans ahead: slots that repeat, missions taken up again, and the week before it.

mod agenda;
mod extended;
pub mod moved;
pub mod pattern;
mod reduced;
mod service;
mod views;

pub use agenda::{Agenda, AgendaSlot, DAYS_AHEAD, LAST_MINUTE};
pub use extended::extended;
pub use moved::moved;
pub use pattern::{Pattern, Proposed, Rhythm, Verdict};
pub use reduced::{capped, check_chosen, proposed, surplus};
pub use service::Planning;
pub use views::*;
