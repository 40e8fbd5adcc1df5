//! Organisations and the network, the same on both engines.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

#[path = "../databases/mod.rs"]
mod databases;
mod network;
mod organisations;
mod site;
