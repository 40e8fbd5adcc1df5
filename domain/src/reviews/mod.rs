//! Reviews: the coordinators' file on one version of a mission, and its three decisions.

pub mod due;
pub mod feasible;
pub mod items;
pub mod joining;
pub mod policy;
mod service;
pub mod signs;
mod status;
mod views;

pub use joining::JoinPreview;
pub use service::Reviews;
pub use status::*;
pub use views::*;
