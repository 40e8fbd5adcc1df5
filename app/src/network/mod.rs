//! The network: its towns, their settings, invitations.

mod api;
mod components;
mod pages;

pub use api::*;
pub use components::Figures;
pub use pages::{AskedFiles, Invitation, NetworkTown, NewTown, TownSettings, Towns};
