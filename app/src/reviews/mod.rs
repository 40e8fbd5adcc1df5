//! Reviews: the coordinators' queue, and their file on one version of a mission.

mod api;
mod components;
mod pages;

pub use api::*;
pub use components::{
    Answered, Approve, CHECKLIST_FORM, Changes, Checklist, Duplicates, Key, Keys, Requests, Standing, Ticked, Timeline,
    Watch, Watched,
};
pub use pages::{ComparePage, ItemsPage, QueuePage, ReviewPage, SignsPage};

/// What the file says, in words: on the page and on paper.
pub mod words {
    pub use super::components::{
        answer, answered, field_name, finding, since, slot_change, slot_line, state, value_of, why,
    };
}
