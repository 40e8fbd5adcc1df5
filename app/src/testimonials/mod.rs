//! Testimonials: what volunteers say, what the town reads before anybody else, what the organisation answers.

mod api;
pub mod labels;
pub mod markup;
mod pages;

pub use api::*;
pub use pages::{TestimonialPage, TownTestimonialPage};
