//! Organisations: associations, town halls and others that propose missions.

pub mod eligibility;
pub mod likeness;
mod review;
mod service;
mod status;
mod views;

pub use review::*;
pub use service::{OrganisationReviews, Organisations};
pub use status::*;
pub use views::*;
