//! Reviews: the coordinators' queue, and their file on one version of a mission.

mod api;
mod components;
mod pages;

pub use api::*;
pub use components::{
    Answered, Approve, AskTheNetwork, CHECKLIST_FORM, Changes, Checklist, Duplicates, Key, Keys, Messages, NetworkActs,
    Requests, Standing, Ticked, Timeline, TopicSelect, Topics, Watch, Watched, beyond,
};
pub use pages::{ComparePage, ItemsPage, QueuePage, ReviewPage, SignsPage};

/// What the file says, in words: on the page and on paper.
pub mod words {
    pub use super::components::{
        answer, answered, field_name, finding, since, slot_change, slot_line, state, value_of, why,
    };
}
