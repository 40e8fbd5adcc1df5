//! Attendance: who came, and the hours that volunteers have given.

mod api;
mod pages;

pub use api::*;
pub use pages::{HoursPage, SheetPage, SlotsToNote};
