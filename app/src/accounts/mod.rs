//! Accounts: registering, confirming, signing in, a lost password, the volunteer's profile.

mod api;
mod pages;

pub use api::*;
pub use pages::AccountRoutes;
