//! Ideas: what an association writes to its town before it has an account.

mod api;
mod components;
mod pages;

pub use api::*;
pub use pages::{ExchangePage, NewIdeaPage, TownIdeaPage, TownIdeasPage};
