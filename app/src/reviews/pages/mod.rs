//! Pages of reviews; their addresses are in `crate::spaces`.

mod compare;
mod items;
mod queue;
mod review;
mod signs;

pub use compare::ComparePage;
pub use items::ItemsPage;
pub use queue::QueuePage;
pub use review::ReviewPage;
pub use signs::SignsPage;
