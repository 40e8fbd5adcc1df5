//! Missions that somebody keeps, and what is passed on of a mission.

mod api;
mod pages;

pub use api::*;
pub use pages::{FavouritesPage, SharePage};
