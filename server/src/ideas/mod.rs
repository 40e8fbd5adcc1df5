//! Ideas: the server's side.

mod answer;
pub mod jobs;
mod link;
mod list;
mod queries;
mod send;
mod show;
mod turn;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    ideas::{IdeaExchange, IdeaFile, IdeaForm, IdeaList, IdeaTab, IdeaWelcome, Ideas},
    ids::{IdeaId, OrganisationId},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Ideas for Backend {
    async fn welcome(&self, _: &Actor, insee: &str) -> Outcome<IdeaWelcome> {
        send::welcome(self, insee).await.answered()
    }

    async fn send(&self, actor: &Actor, insee: &str, form: IdeaForm) -> Outcome<()> {
        send::send(self, actor, insee, form).await.answered()
    }

    async fn exchange(&self, _: &Actor, token: &str) -> Outcome<IdeaExchange> {
        link::exchange(self, token).await.answered()
    }

    async fn reply(&self, actor: &Actor, token: &str, body: String) -> Outcome<()> {
        link::reply(self, actor, token, &body).await.answered()
    }

    async fn list(&self, actor: &Actor, insee: &str, tab: IdeaTab) -> Outcome<IdeaList> {
        list::list(self, actor, insee, tab).await.answered()
    }

    async fn idea(&self, actor: &Actor, insee: &str, id: IdeaId) -> Outcome<IdeaFile> {
        show::idea(self, actor, insee, id).await.answered()
    }

    async fn answer(&self, actor: &Actor, insee: &str, id: IdeaId, body: String) -> Outcome<()> {
        answer::answer(self, actor, insee, id, &body).await.answered()
    }

    async fn close(&self, actor: &Actor, insee: &str, id: IdeaId, reason: String) -> Outcome<()> {
        answer::close(self, actor, insee, id, &reason).await.answered()
    }

    async fn turn(&self, actor: &Actor, insee: &str, id: IdeaId, organisation: Option<OrganisationId>) -> Outcome<()> {
        turn::turn(self, actor, insee, id, organisation).await.answered()
    }
}
