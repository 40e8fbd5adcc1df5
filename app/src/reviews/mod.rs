//! Reviews: the coordinators' queue, and their file on one version of a mission.

mod api;
mod components;
mod pages;

pub use api::*;
pub use components::{Changes, Checklist, Duplicates, Standing, Ticked, Timeline};
pub use pages::{ComparePage, QueuePage, ReviewPage};
