//! Pages of supplies.

mod people;
mod sheet;
mod week;

pub use sheet::{OwnSheetPage, TownSheetPage};
pub use week::WeekPage;
