//! Figures of a town and of the network.

mod api;
mod components;
mod pages;

pub use api::*;
pub use pages::{NetworkFiguresPage, TownFiguresPage};
