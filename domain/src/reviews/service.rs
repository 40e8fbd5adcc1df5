use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{
    ChecklistAnswer, Comparison, Decision, HistoryLine, Queue, QueueAsk, ReviewFile,
    items::{ItemForm, ItemsPage},
    signs::{SignsForm, SignsPage},
};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{AccountId, MissionId, ReviewId},
};

/// The use cases of reviews.
#[async_trait]
pub trait Reviews: Send + Sync {
    /// The queue of a municipality (INSEE code), by due date.
    async fn queue(&self, actor: &Actor, insee: &str, ask: QueueAsk) -> Outcome<Queue>;

    /// The file on one version of a mission of that municipality.
    async fn file(&self, actor: &Actor, insee: &str, id: ReviewId) -> Outcome<ReviewFile>;

    /// What others did on the mission and its reviews, and wrote about them, after an instant; newest first.
    async fn news(&self, actor: &Actor, insee: &str, id: ReviewId, after: DateTime<Utc>) -> Outcome<Vec<HistoryLine>>;

    /// The mission under review beside another of its town.
    async fn compare(&self, actor: &Actor, insee: &str, id: ReviewId, other: MissionId) -> Outcome<Comparison>;

    /// «Not a duplicate because…»: kept, and not asked again as long as neither of the two changes. Whoever says so takes
    /// the review. `seen` is the hash of the other as the coordinator read it.
    async fn dismiss(&self, actor: &Actor, id: ReviewId, other: MissionId, seen: String, reason: String)
    -> Outcome<()>;

    /// Joins the mission under review to another of its town that is online: its slots become slots of the other, held by
    /// its organisation, and the review ends. `seen` is the hash of what is online as the coordinator read it.
    async fn join(&self, actor: &Actor, id: ReviewId, other: MissionId, seen: String, reason: String) -> Outcome<()>;

    /// Takes a waiting review, or takes over another's. `seen` is who had it as the coordinator read it: nothing is taken
    /// from anybody else.
    async fn take(&self, actor: &Actor, id: ReviewId, seen: Option<AccountId>) -> Outcome<()>;

    /// Gives it to a colleague of the town, with a word if there is one to say.
    async fn hand_over(&self, actor: &Actor, id: ReviewId, to: AccountId, word: String) -> Outcome<()>;

    /// Gives it back to the queue.
    async fn release(&self, actor: &Actor, id: ReviewId) -> Outcome<()>;

    /// Keeps answers of the checklist; whoever answers takes the review. With `approve`, then gives the green light. Tells how many
    /// answers were somebody else's meanwhile: they stay, and there is no green light.
    async fn answer(&self, actor: &Actor, id: ReviewId, answers: Vec<ChecklistAnswer>, approve: bool) -> Outcome<u32>;

    /// Writes in the thread with the organisation, about an item of the checklist (its code) or about the file as a whole.
    async fn write(&self, actor: &Actor, id: ReviewId, body: String, item: Option<String>) -> Outcome<()>;

    /// Asks for changes: by the codes of items, with a word besides, or with a word alone.
    async fn request_changes(
        &self,
        actor: &Actor,
        id: ReviewId,
        requests: BTreeMap<String, String>,
        reason: String,
    ) -> Outcome<()>;

    /// Green light (needs every mandatory item), request for changes or refusal (need a reason). `hash` is that of the
    /// content the coordinator read.
    async fn decide(&self, actor: &Actor, id: ReviewId, decision: Decision, reason: String) -> Outcome<()>;

    /// Asks the network to decide, by a coordinator whom four eyes forbid to, where no other of the town may.
    async fn ask_network(&self, actor: &Actor, id: ReviewId, word: String) -> Outcome<()>;

    /// Takes that request back, while nobody of the network has the review.
    async fn recall(&self, actor: &Actor, id: ReviewId) -> Outcome<()>;

    /// The checklist, for the network.
    async fn checklist_items(&self, actor: &Actor) -> Outcome<ItemsPage>;

    /// Adds an item, changes one, retires one or brings it back.
    async fn save_checklist_item(&self, actor: &Actor, form: ItemForm) -> Outcome<()>;

    /// The words that the system looks for, for the network.
    async fn signs(&self, actor: &Actor) -> Outcome<SignsPage>;

    /// Adds a word to a list, and takes some out.
    async fn save_signs(&self, actor: &Actor, form: SignsForm) -> Outcome<()>;
}
