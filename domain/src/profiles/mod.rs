//! What a volunteer says of themself, so that missions that fit can be suggested. All of it is optional, and theirs alone.

mod availability;
mod form;
mod lists;
mod service;
mod views;

pub use availability::{Availability, Part, parts_of};
pub use form::{Choosable, ProfileForm};
pub use lists::{Language, Means, RADII};
pub use service::Profiles;
pub use views::{Profile, ProfilePage};
