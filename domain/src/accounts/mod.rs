//! Accounts: registering, proving an e-mail, signing in and out, changing a lost password.

pub mod password;
mod service;
mod views;

pub use service::Accounts;
pub use views::*;
