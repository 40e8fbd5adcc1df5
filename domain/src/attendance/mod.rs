//! Attendance: who came to a slot, for how long, and the hours that a volunteer has given.

mod form;
mod mark;
pub mod rules;
mod said;
mod service;
mod views;

pub use form::*;
pub use mark::*;
pub use said::*;
pub use service::{Attendance, SheetOf};
pub use views::*;
