//! Crisis measures: rules that a town or the network switches on in a crisis, and what they forbid while they hold.

mod form;
mod rules;
mod service;
mod status;
mod views;

pub use form::{LONGEST_DAYS, MeasuresForm, Terms, Wording};
pub use rules::*;
pub use service::Crisis;
pub use status::*;
pub use views::*;
