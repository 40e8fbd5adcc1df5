//! Reviews: the server's side.

mod answer;
mod case;
mod changes;
mod checklist;
mod decide;
pub mod duplicates;
mod file;
pub mod jobs;
pub mod open;
pub mod queries;
mod queue;
mod take;
mod write;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    ids::ReviewId,
    reviews::{ChecklistAnswer, Decision, Queue, QueueTab, ReviewFile, Reviews},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Reviews for Backend {
    async fn queue(&self, actor: &Actor, insee: &str, tab: QueueTab) -> Outcome<Queue> {
        queue::queue(self, actor, insee, tab).await.answered()
    }

    async fn file(&self, actor: &Actor, insee: &str, id: ReviewId) -> Outcome<ReviewFile> {
        file::file(self, actor, insee, id).await.answered()
    }

    async fn take(&self, actor: &Actor, id: ReviewId) -> Outcome<()> {
        take::take(self, actor, id).await.answered()
    }

    async fn release(&self, actor: &Actor, id: ReviewId) -> Outcome<()> {
        take::release(self, actor, id).await.answered()
    }

    async fn answer(&self, actor: &Actor, id: ReviewId, answers: Vec<ChecklistAnswer>, approve: bool) -> Outcome<()> {
        answer::answer(self, actor, id, answers, approve).await.answered()
    }

    async fn write(&self, actor: &Actor, id: ReviewId, body: String) -> Outcome<()> {
        write::write(self, actor, id, body).await.answered()
    }

    async fn decide(&self, actor: &Actor, id: ReviewId, decision: Decision, reason: String) -> Outcome<()> {
        decide::decide(self, actor, id, decision, reason).await.answered()
    }
}
