//! Reviews: the coordinators' queue, and their file on one version of a mission.

mod api;
mod components;
mod pages;

pub use api::*;
pub use pages::{QueuePage, ReviewPage};
