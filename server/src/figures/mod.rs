//! Figures: the server's side.

pub mod csv;
pub mod now;
mod queries;
mod show;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    figures::{Ask, Figures, NetworkFigures, TownChart},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Figures for Backend {
    async fn of_town(&self, actor: &Actor, insee: &str, ask: Ask) -> Outcome<TownChart> {
        show::of_town(self, actor, insee, ask).await.answered()
    }

    async fn of_network(&self, actor: &Actor, ask: Ask) -> Outcome<NetworkFigures> {
        show::of_network(self, actor, ask).await.answered()
    }
}
