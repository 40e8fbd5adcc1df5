//! What a volunteer says of themself.

mod api;
mod labels;
mod page;

pub use api::*;
pub use labels::{language_name, means_name};
pub use page::ProfilePage;
