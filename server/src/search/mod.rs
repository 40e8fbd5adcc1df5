//! Search: the server's side.

#![expect(unused_variables, reason = "being written")]
use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::{AppError, Outcome},
    network::TownPage,
    search::{CommuneHint, HomePage, Search, SearchPage, SearchQuery},
};

use crate::backend::Backend;

#[async_trait]
impl Search for Backend {
    async fn home(&self, actor: &Actor) -> Outcome<HomePage> {
        Err(AppError::Unavailable)
    }
    async fn missions(&self, actor: &Actor, query: SearchQuery) -> Outcome<SearchPage> {
        Err(AppError::Unavailable)
    }
    async fn town(&self, actor: &Actor, insee: &str) -> Outcome<TownPage> {
        Err(AppError::Unavailable)
    }
    async fn complete(&self, typed: &str) -> Outcome<Vec<CommuneHint>> {
        Err(AppError::Unavailable)
    }
}
