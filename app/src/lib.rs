//! What people see: the frame, pages, components, forms and server functions of Renfort, for the server and the browser.
#![recursion_limit = "512"]

pub mod accounts;
pub mod alerts;
pub mod applications;
pub mod attendance;
pub mod certificates;
pub mod cover;
pub mod crisis;
pub mod equipment;
pub mod favourites;
pub mod figures;
pub mod frame;
pub mod gallery;
pub mod i18n;
pub mod ideas;
pub mod letters;
pub mod mailbox;
pub mod messages;
pub mod missions;
pub mod network;
pub mod organisations;
pub mod planning;
pub mod profiles;
pub mod request;
pub mod reviews;
pub mod routes;
pub mod search;
pub mod spaces;
pub mod suggestions;
pub mod supplies;
pub mod team;
pub mod testimonials;
pub mod ui;

#[cfg_attr(feature = "ssr", path = "i18n/server.rs")]
#[cfg_attr(not(feature = "ssr"), path = "i18n/browser.rs")]
pub mod texts_source;

pub use frame::{App, shell};
