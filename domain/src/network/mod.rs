//! The network: its municipalities, their coordinators and figures.

mod service;
mod views;

pub use service::Network;
pub use views::*;
