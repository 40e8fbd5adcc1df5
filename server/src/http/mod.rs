//! How it is served: the way of a request, from the outside in.

pub mod access;
pub mod assets;
mod caller;
mod downloads;
mod feeds;
mod files;
mod forms;
mod headers;
mod health;
mod kept;
mod letters;
mod owner;
mod router;
mod unsubscribe;

pub use router::{page_routes, router};
