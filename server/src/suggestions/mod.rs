//! Suggestions: the server's side.

pub mod find;
mod switch;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    suggestions::{Suggestions, SuggestionsPage},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Suggestions for Backend {
    async fn suggestions(&self, actor: &Actor) -> Outcome<SuggestionsPage> {
        find::page(self, actor).await.answered()
    }

    async fn switch_suggestions(&self, actor: &Actor, on: bool) -> Outcome<()> {
        switch::switch(self, actor, on).await.answered()
    }
}
