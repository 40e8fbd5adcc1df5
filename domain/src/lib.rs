//! What Renfort means: words, types, rules and state machines, and one service trait per feature.
//!
//! Nothing here does I/O, reads a clock or knows which side it runs on: the same code decides in the browser whether a
//! button is shown and on the server whether the act is done. The crate `server` implements the traits.

#[macro_use]
mod states;

pub mod access;
pub mod accounts;
pub mod actor;
pub mod alerts;
pub mod applications;
pub mod attendance;
pub mod certificates;
pub mod cover;
pub mod crisis;
pub mod equipment;
pub mod error;
pub mod favourites;
pub mod fields;
pub mod figures;
pub mod ideas;
pub mod ids;
pub mod letters;
pub mod mailbox;
pub mod messages;
pub mod missions;
pub mod network;
pub mod organisations;
pub mod paris;
pub mod planning;
pub mod profiles;
pub mod reviews;
pub mod search;
pub mod suggestions;
pub mod supplies;
pub mod team;
pub mod testimonials;
pub mod text;
