//! The team of an organisation: who is in it, invitations, roles.

mod api;
mod pages;

pub use api::*;
pub use pages::TeamSpace;
