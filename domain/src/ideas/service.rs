use async_trait::async_trait;

use super::{IdeaExchange, IdeaFile, IdeaForm, IdeaList, IdeaTab, IdeaWelcome};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{IdeaId, OrganisationId},
};

/// The use cases of ideas.
#[async_trait]
pub trait Ideas: Send + Sync {
    /// What the page of the public form shows; `NotFound` where the town is not open.
    async fn welcome(&self, actor: &Actor, insee: &str) -> Outcome<IdeaWelcome>;

    /// Sends an idea to a town. The answer is the same whoever writes, and whether anything was kept.
    async fn send(&self, actor: &Actor, insee: &str, form: IdeaForm) -> Outcome<()>;

    /// The exchange, by the personal link.
    async fn exchange(&self, actor: &Actor, token: &str) -> Outcome<IdeaExchange>;

    /// Writes in the exchange, by the personal link.
    async fn reply(&self, actor: &Actor, token: &str, body: String) -> Outcome<()>;

    /// The ideas of a municipality (INSEE code).
    async fn list(&self, actor: &Actor, insee: &str, tab: IdeaTab) -> Outcome<IdeaList>;

    /// One of them.
    async fn idea(&self, actor: &Actor, insee: &str, id: IdeaId) -> Outcome<IdeaFile>;

    /// Answers, as a coordinator; the association gets an e-mail.
    async fn answer(&self, actor: &Actor, insee: &str, id: IdeaId, body: String) -> Outcome<()>;

    /// Ends the exchange, with a reason that the association reads.
    async fn close(&self, actor: &Actor, insee: &str, id: IdeaId, reason: String) -> Outcome<()>;

    /// Makes a draft of a mission in the name of an organisation of the town, or of a new one that the association is
    /// invited to.
    async fn turn(&self, actor: &Actor, insee: &str, id: IdeaId, organisation: Option<OrganisationId>) -> Outcome<()>;
}
