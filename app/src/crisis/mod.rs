//! Crisis measures, as everybody is told of them and as coordinators and the network write them.

mod api;
mod components;
mod labels;
mod pages;

pub use api::*;
pub use components::{Acknowledgements, Banners};
pub use pages::*;
