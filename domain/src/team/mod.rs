//! The team of an organisation: who is in it, in which role, and what each role may do there.

mod duty;
mod rules;
mod service;
mod views;

pub use duty::Duty;
pub use rules::{Change, Member, ROLES, after, may_invite, role};
pub use service::Team;
pub use views::*;
