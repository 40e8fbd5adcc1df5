//! Organisations and the network, the same on both engines.
mod network;
mod organisations;
pub mod site;
