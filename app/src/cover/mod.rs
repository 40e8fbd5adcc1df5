//! Asking for cover.

mod api;
mod page;
mod stop;

pub use api::*;
pub use page::CoverPage;
pub use stop::StopPage;
