//! Accounts: registering, confirming, signing in, a lost password.

mod api;
mod pages;

pub use api::*;
pub use pages::AccountRoutes;
