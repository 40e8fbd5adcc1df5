use async_trait::async_trait;

use super::{ChecklistAnswer, Decision, Queue, QueueTab, ReviewFile};
use crate::{actor::Actor, error::Outcome, ids::ReviewId};

/// The use cases of reviews.
#[async_trait]
pub trait Reviews: Send + Sync {
    /// The queue of a municipality (INSEE code), by due date.
    async fn queue(&self, actor: &Actor, insee: &str, tab: QueueTab) -> Outcome<Queue>;

    /// The file on one version of a mission of that municipality.
    async fn file(&self, actor: &Actor, insee: &str, id: ReviewId) -> Outcome<ReviewFile>;

    /// Takes a waiting review, or takes over another's.
    async fn take(&self, actor: &Actor, id: ReviewId) -> Outcome<()>;

    /// Gives it back to the queue.
    async fn release(&self, actor: &Actor, id: ReviewId) -> Outcome<()>;

    /// Keeps answers of the checklist; whoever answers takes the review. With `approve`, then gives the green light.
    async fn answer(&self, actor: &Actor, id: ReviewId, answers: Vec<ChecklistAnswer>, approve: bool) -> Outcome<()>;

    /// Writes in the thread with the organisation.
    async fn write(&self, actor: &Actor, id: ReviewId, body: String) -> Outcome<()>;

    /// Green light (needs every mandatory item), request for changes or refusal (need a reason). `hash` is that of the
    /// content the coordinator read.
    async fn decide(&self, actor: &Actor, id: ReviewId, decision: Decision, reason: String) -> Outcome<()>;
}
