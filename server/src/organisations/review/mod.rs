//! The coordinators' file on one submission of an organisation.

mod answer;
mod asked;
mod case;
mod checklist;
pub mod duplicates;
mod news;
mod open;
pub mod queries;
mod requests;
mod take;

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    error::Outcome,
    ids::{AccountId, OrganisationId, OrganisationReviewId},
    organisations::OrganisationReviews,
    reviews::{ChecklistAnswer, HistoryLine},
};

pub use asked::by_network;
pub use case::end;
pub use checklist::checked;
pub use open::open;
pub use requests::lines;
pub use take::give_back_all;

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl OrganisationReviews for Backend {
    async fn take(&self, actor: &Actor, id: OrganisationReviewId, seen: Option<AccountId>) -> Outcome<OrganisationId> {
        take::take(self, actor, id, seen).await.answered()
    }

    async fn release(&self, actor: &Actor, id: OrganisationReviewId) -> Outcome<OrganisationId> {
        take::release(self, actor, id).await.answered()
    }

    async fn answer(
        &self,
        actor: &Actor,
        id: OrganisationReviewId,
        answers: Vec<ChecklistAnswer>,
        approve: bool,
    ) -> Outcome<(OrganisationId, u32)> {
        answer::answer(self, actor, id, answers, approve).await.answered()
    }

    async fn request_changes(
        &self,
        actor: &Actor,
        id: OrganisationReviewId,
        requests: BTreeMap<String, String>,
        reason: String,
    ) -> Outcome<OrganisationId> {
        requests::request(self, actor, id, requests, reason).await.answered()
    }

    async fn dismiss(
        &self,
        actor: &Actor,
        id: OrganisationReviewId,
        other: OrganisationId,
        reason: String,
    ) -> Outcome<OrganisationId> {
        duplicates::dismiss(self, actor, id, other, reason).await.answered()
    }

    async fn ask_network(&self, actor: &Actor, id: OrganisationReviewId, word: String) -> Outcome<OrganisationId> {
        asked::ask(self, actor, id, &word).await.answered()
    }

    async fn recall(&self, actor: &Actor, id: OrganisationReviewId) -> Outcome<OrganisationId> {
        asked::recall(self, actor, id).await.answered()
    }

    async fn news(
        &self,
        actor: &Actor,
        insee: &str,
        id: OrganisationId,
        after: DateTime<Utc>,
    ) -> Outcome<Vec<HistoryLine>> {
        news::news(self, actor, insee, id, after).await.answered()
    }

    async fn answer_requests(
        &self,
        actor: &Actor,
        id: OrganisationId,
        answers: BTreeMap<String, String>,
    ) -> Outcome<()> {
        requests::answer(self, actor, id, answers).await.answered()
    }
}
