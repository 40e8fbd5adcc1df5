//! Reviews: the server's side.

pub mod answer;
pub mod asked;
pub(crate) mod case;
mod changes;
pub mod checklist;
mod comparison;
pub mod decide;
pub mod duplicates;
mod file;
mod findings;
mod items;
pub mod jobs;
mod join;
mod marks;
pub mod open;
pub mod print;
pub mod queries;
mod queue;
pub mod requests;
mod signs;
pub mod take;
mod telltales;
pub mod topics;
mod write;

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    error::Outcome,
    ids::{AccountId, MissionId, ReviewId},
    reviews::{
        ChecklistAnswer, Comparison, Decision, HistoryLine, Queue, QueueAsk, ReviewFile, Reviews,
        items::{ItemForm, ItemsPage},
        signs::{SignsForm, SignsPage},
    },
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Reviews for Backend {
    async fn queue(&self, actor: &Actor, insee: &str, ask: QueueAsk) -> Outcome<Queue> {
        queue::queue(self, actor, insee, ask).await.answered()
    }

    async fn file(&self, actor: &Actor, insee: &str, id: ReviewId) -> Outcome<ReviewFile> {
        file::file(self, actor, insee, id).await.answered()
    }

    async fn take(&self, actor: &Actor, id: ReviewId, seen: Option<AccountId>) -> Outcome<()> {
        take::take(self, actor, id, seen).await.answered()
    }

    async fn news(&self, actor: &Actor, insee: &str, id: ReviewId, after: DateTime<Utc>) -> Outcome<Vec<HistoryLine>> {
        file::news(self, actor, insee, id, after).await.answered()
    }

    async fn compare(&self, actor: &Actor, insee: &str, id: ReviewId, other: MissionId) -> Outcome<Comparison> {
        comparison::compare(self, actor, insee, id, other).await.answered()
    }

    async fn dismiss(
        &self,
        actor: &Actor,
        id: ReviewId,
        other: MissionId,
        seen: String,
        reason: String,
    ) -> Outcome<()> {
        comparison::dismiss(self, actor, id, other, &seen, &reason).await.answered()
    }

    async fn join(&self, actor: &Actor, id: ReviewId, other: MissionId, seen: String, reason: String) -> Outcome<()> {
        join::join(self, actor, id, other, &seen, &reason).await.answered()
    }

    async fn hand_over(&self, actor: &Actor, id: ReviewId, to: AccountId, word: String) -> Outcome<()> {
        take::hand_over(self, actor, id, to, word).await.answered()
    }

    async fn release(&self, actor: &Actor, id: ReviewId) -> Outcome<()> {
        take::release(self, actor, id).await.answered()
    }

    async fn answer(&self, actor: &Actor, id: ReviewId, answers: Vec<ChecklistAnswer>, approve: bool) -> Outcome<u32> {
        answer::answer(self, actor, id, answers, approve).await.answered()
    }

    async fn write(&self, actor: &Actor, id: ReviewId, body: String, item: Option<String>) -> Outcome<()> {
        write::write(self, actor, id, &body, item.as_deref()).await.answered()
    }

    async fn request_changes(
        &self,
        actor: &Actor,
        id: ReviewId,
        requests: BTreeMap<String, String>,
        reason: String,
    ) -> Outcome<()> {
        requests::request(self, actor, id, requests, reason).await.answered()
    }

    async fn decide(&self, actor: &Actor, id: ReviewId, decision: Decision, reason: String) -> Outcome<()> {
        decide::decide(self, actor, id, decision, reason).await.answered()
    }

    async fn ask_network(&self, actor: &Actor, id: ReviewId, word: String) -> Outcome<()> {
        asked::ask(self, actor, id, &word).await.answered()
    }

    async fn recall(&self, actor: &Actor, id: ReviewId) -> Outcome<()> {
        asked::recall(self, actor, id).await.answered()
    }

    async fn checklist_items(&self, actor: &Actor) -> Outcome<ItemsPage> {
        items::page(self, actor).await.answered()
    }

    async fn save_checklist_item(&self, actor: &Actor, form: ItemForm) -> Outcome<()> {
        items::save(self, actor, form).await.answered()
    }

    async fn signs(&self, actor: &Actor) -> Outcome<SignsPage> {
        signs::page(self, actor).await.answered()
    }

    async fn save_signs(&self, actor: &Actor, form: SignsForm) -> Outcome<()> {
        signs::save(self, actor, form).await.answered()
    }
}
