//! Ideas: what an association writes to its town before it has an account, and the draft of a mission that comes of it.

mod draft;
mod fields;
mod service;
mod status;
mod views;

pub use draft::{draft, excerpt, title};
pub use fields::{Idea, LONGEST_MESSAGE};
pub use service::Ideas;
pub use status::*;
pub use views::*;
