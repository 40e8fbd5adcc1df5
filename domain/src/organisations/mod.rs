//! Organisations: associations, town halls and others that propose missions.

mod service;
mod status;
mod views;

pub use service::Organisations;
pub use status::*;
pub use views::*;
