//! Search: the home page, the list of missions, the page of a town, the completion of a town's name.

mod api;
mod components;
mod pages;

pub use api::*;
pub use components::{Card, MissionCards, TownField};
pub use pages::SearchRoutes;
