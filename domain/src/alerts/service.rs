use async_trait::async_trait;

use super::{AlertForm, AlertsPage, StoppedAlert};
use crate::{actor::Actor, error::Outcome, ids::AlertId};

/// The use cases of saved searches.
#[async_trait]
pub trait Alerts: Send + Sync {
    /// One's own, with what can be chosen.
    async fn alerts(&self, actor: &Actor) -> Outcome<AlertsPage>;

    /// Keeps one: a new one, [`super::MAX_ALERTS`] at most, or the one with this id. What is online already is not new to it.
    async fn save_alert(&self, actor: &Actor, id: Option<AlertId>, form: AlertForm) -> Outcome<()>;

    /// Deletes one.
    async fn remove_alert(&self, actor: &Actor, id: AlertId) -> Outcome<()>;

    /// What the secret of an e-mail's link leads to. Looking changes nothing.
    async fn stopping(&self, actor: &Actor, secret: &str) -> Outcome<StoppedAlert>;

    /// Deletes the one that such a secret belongs to: whether there was one. Deleting what is gone is no error.
    async fn stop_alert(&self, actor: &Actor, secret: &str) -> Outcome<bool>;
}
