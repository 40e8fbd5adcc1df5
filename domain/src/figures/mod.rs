//! Figures: what happened in a town and in the network, over some weeks.
//!
//! What each figure counts is said where it is declared ([`Measures`]); the page says the same in everyday words.

mod period;
mod service;
mod sheet;
mod views;

pub use period::{Ask, LONGEST_DAYS, PRESETS, Period, Week};
pub use service::Figures;
pub use sheet::{Applied, Counted, Decided, Given, Held, Moved, Served, Sheet, Tallied, Tally, percentile};
pub use views::*;
