//! Organisations and the network, the same on both engines.
mod asked;
mod figures;
mod network;
mod organisation_reviews;
mod organisations;
pub mod site;
