//! Pages of reviews; their addresses are in `crate::spaces`.

mod compare;
mod queue;
mod review;

pub use compare::ComparePage;
pub use queue::QueuePage;
pub use review::ReviewPage;
