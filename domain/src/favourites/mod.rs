//! Missions that somebody keeps to come back to.

pub mod rules;
mod service;
mod views;

pub use rules::{FavouriteState, MAX_FAVOURITES, state};
pub use service::Favourites;
pub use views::{FavouriteRow, FavouritesPage, SharedMission};
