//! The parts of pages of supplies.

pub mod links;
pub mod needs;
pub mod panel;
pub mod short;
pub mod signature;
