//! Protective equipment, as coordinators and the network see it.

mod labels;

pub use labels::kind_word;
