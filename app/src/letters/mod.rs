//! Letters to associations, as coordinators and associations see them.

mod api;
mod labels;
mod pages;

pub use api::*;
pub use pages::*;
