//! Certificates: the hours that somebody has given, on paper, with a number that anyone can verify.

mod number;
mod service;
mod views;

pub use number::CertificateNumber;
pub use service::Certificates;
pub use views::*;
