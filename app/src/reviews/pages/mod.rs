//! Pages of reviews; their addresses are in `crate::spaces`.

mod queue;
mod review;

pub use queue::QueuePage;
pub use review::ReviewPage;
