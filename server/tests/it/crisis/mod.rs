//! Crisis measures: previewed, switched on, lifted; what they forbid meanwhile.

mod partners;
mod rules;
mod switch;
mod together;
mod words;
pub mod world;
