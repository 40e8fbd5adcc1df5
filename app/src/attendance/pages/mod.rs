//! Pages of attendance.

mod hours;
mod sheet;
mod to_note;

pub use hours::HoursPage;
pub use sheet::SheetPage;
pub use to_note::SlotsToNote;
