//! Saved searches: the server's side.

pub mod jobs;
mod own;
mod queries;
pub mod stop;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    alerts::{AlertForm, Alerts, AlertsPage, StoppedAlert},
    error::Outcome,
    ids::AlertId,
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Alerts for Backend {
    async fn alerts(&self, actor: &Actor) -> Outcome<AlertsPage> {
        own::list(self, actor).await.answered()
    }

    async fn save_alert(&self, actor: &Actor, id: Option<AlertId>, form: AlertForm) -> Outcome<()> {
        own::save(self, actor, id, &form).await.answered()
    }

    async fn remove_alert(&self, actor: &Actor, id: AlertId) -> Outcome<()> {
        own::remove(self, actor, id).await.answered()
    }

    async fn stopping(&self, actor: &Actor, secret: &str) -> Outcome<StoppedAlert> {
        stop::look(self, actor, secret).await.answered()
    }

    async fn stop_alert(&self, actor: &Actor, secret: &str) -> Outcome<bool> {
        stop::by_page(self, actor, secret).await.answered()
    }
}
