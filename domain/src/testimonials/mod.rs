//! Testimonials: what volunteers say of a mission once they have come, read by the town's coordinators before anybody else;
//! what the organisation answers, and what it reports.

mod form;
pub mod rules;
mod service;
mod status;
mod views;

pub use form::{DeskAct, Verdict, VerdictForm, Why, WhyCode, Written, WrittenForm};
pub use service::Testimonials;
pub use status::{ReplyAction, ReplyStatus, TestimonialAction, TestimonialStatus};
pub use views::*;
