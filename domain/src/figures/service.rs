use async_trait::async_trait;

use super::{Ask, NetworkFigures, TownChart};
use crate::{actor::Actor, error::Outcome};

/// The use cases of figures.
#[async_trait]
pub trait Figures: Send + Sync {
    /// The figures of a town (INSEE code), for those who read its files.
    async fn of_town(&self, actor: &Actor, insee: &str, ask: Ask) -> Outcome<TownChart>;

    /// The figures of the network, town by town, for its admins.
    async fn of_network(&self, actor: &Actor, ask: Ask) -> Outcome<NetworkFigures>;
}
