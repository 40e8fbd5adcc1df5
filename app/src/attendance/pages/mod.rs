//! Pages of attendance.

mod hours;
mod sheet;

pub use hours::HoursPage;
pub use sheet::SheetPage;
