//! Components of missions.

pub mod status;
pub mod steps;
pub mod view;
