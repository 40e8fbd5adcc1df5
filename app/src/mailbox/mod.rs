//! The mailbox of the demonstration.

mod api;
mod components;
mod pages;

pub use api::*;
pub use components::{LetterLines, ReadHere};
pub use pages::{LettersPage, OneLetterPage};
