//! Components of missions.

pub mod need;
pub mod status;
pub mod steps;
pub mod view;
