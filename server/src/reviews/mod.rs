//! Reviews: the server's side.

#![expect(unused_variables, reason = "being written")]
pub mod open;
pub mod queries;

use async_trait::async_trait;

use domain::reviews::{ChecklistAnswer, Decision, Queue, QueueTab, ReviewFile};
use domain::{actor::Actor, error::Outcome, ids::ReviewId};
use domain::{error::AppError, reviews::Reviews};

use crate::backend::Backend;

#[async_trait]
impl Reviews for Backend {
    async fn queue(&self, actor: &Actor, insee: &str, tab: QueueTab) -> Outcome<Queue> {
        Err(AppError::Unavailable)
    }
    async fn file(&self, actor: &Actor, insee: &str, id: ReviewId) -> Outcome<ReviewFile> {
        Err(AppError::Unavailable)
    }
    async fn take(&self, actor: &Actor, id: ReviewId) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn release(&self, actor: &Actor, id: ReviewId) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn answer(&self, actor: &Actor, id: ReviewId, answers: Vec<ChecklistAnswer>) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn write(&self, actor: &Actor, id: ReviewId, body: String) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn decide(&self, actor: &Actor, id: ReviewId, decision: Decision, reason: String) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
}
