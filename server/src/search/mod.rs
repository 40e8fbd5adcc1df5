//! Search: the server's side.

mod complete;
pub mod filters;
mod home;
mod missions;
mod town;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    network::TownPage,
    search::{CommuneHint, HomePage, Search, SearchPage, SearchQuery},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Search for Backend {
    async fn home(&self, actor: &Actor) -> Outcome<HomePage> {
        home::home(self, actor).await.answered()
    }

    async fn missions(&self, actor: &Actor, query: SearchQuery) -> Outcome<SearchPage> {
        missions::missions(self, actor, &query).await.answered()
    }

    async fn town(&self, actor: &Actor, insee: &str) -> Outcome<TownPage> {
        town::town(self, actor, insee).await.answered()
    }

    async fn complete(&self, typed: &str) -> Outcome<Vec<CommuneHint>> {
        Ok(complete::complete(typed))
    }
}
