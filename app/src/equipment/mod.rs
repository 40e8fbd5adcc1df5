//! Protective equipment, as coordinators and the network see it.

mod api;
mod labels;
mod pages;

pub use api::*;
pub use labels::kind_word;
pub use pages::*;
