//! Answering everything, and what tests look at afterwards.

use anyhow::Context;
use domain::{
    ids::{MissionId, ReviewId},
    reviews::{ChecklistAnswer, QueueAsk, QueueTab, Reviews},
};
use sea_orm::{EntityTrait, QueryOrder};
use server::entity::{history, mission, outbox, review};
use uuid::Uuid;

use super::world::{INSEE, World};

impl World {
    /// Answers every item by yes.
    pub async fn tick(&self, who: Uuid, id: ReviewId) -> anyhow::Result<()> {
        let actor = self.actor(who).await?;
        let file = self.backend.file(&actor, INSEE, id).await?;
        let answers = file
            .checklist
            .into_iter()
            .map(|line| ChecklistAnswer {
                code: line.code,
                answer: "yes".to_owned(),
                note: String::new(),
                ..ChecklistAnswer::default()
            })
            .collect();
        self.backend.answer(&actor, id, answers, false).await?;
        Ok(())
    }

    pub async fn titles(&self, who: Uuid, tab: QueueTab) -> anyhow::Result<Vec<String>> {
        let queue = self.backend.queue(&self.actor(who).await?, INSEE, QueueAsk::of(tab)).await?;
        Ok(queue.rows.into_iter().map(|row| row.title).collect())
    }

    pub async fn mission(&self, id: MissionId) -> anyhow::Result<mission::Model> {
        mission::Entity::find_by_id(id.0).one(self.backend.store.read()).await?.context("a mission")
    }

    pub async fn review(&self, id: ReviewId) -> anyhow::Result<review::Model> {
        review::Entity::find_by_id(id.0).one(self.backend.store.read()).await?.context("a review")
    }

    /// Kinds of e-mails to somebody, in order.
    pub async fn mails(&self, to: &str) -> anyhow::Result<Vec<String>> {
        let rows = outbox::Entity::find().order_by_asc(outbox::Column::Id).all(self.backend.store.read()).await?;
        let to = format!("{to}@ville.example");
        Ok(rows.into_iter().filter(|row| row.recipient == to).map(|row| row.kind).collect())
    }

    /// The states that a thing went through.
    pub async fn steps(&self, subject: &str, id: Uuid) -> anyhow::Result<Vec<(String, Option<String>)>> {
        let rows = history::Entity::find().order_by_asc(history::Column::Id).all(self.backend.store.read()).await?;
        Ok(rows
            .into_iter()
            .filter(|row| row.subject == subject && row.subject_id == id)
            .map(|row| (row.to_state, row.reason))
            .collect())
    }
}
