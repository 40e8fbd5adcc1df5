//! Certificates: of one's own hours, and their verification by anyone.

mod api;
mod check;
mod own;

pub use api::*;
pub use check::CheckPage;
pub use own::OwnCertificates;
