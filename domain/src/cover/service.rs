use async_trait::async_trait;

use super::CoverPage;
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{MissionId, OrganisationId, SlotId},
};

/// The use cases of asking for cover.
#[async_trait]
pub trait Cover: Send + Sync {
    /// How many volunteers could be asked for a slot, why they fit, and what was asked before; for an admin of whoever holds it.
    async fn cover(&self, actor: &Actor, mission: MissionId, slot: SlotId) -> Outcome<CoverPage>;

    /// Writes to those who fit best, with a word of the organisation if it has one. Tells whoever holds the slot.
    async fn ask_for_cover(
        &self,
        actor: &Actor,
        mission: MissionId,
        slot: SlotId,
        word: &str,
    ) -> Outcome<OrganisationId>;

    /// Whether the secret of an e-mail's link leads to somebody who may still be asked. Looking changes nothing.
    async fn stopping_cover(&self, actor: &Actor, secret: &str) -> Outcome<bool>;

    /// Asks that person no more: whether they might be asked. Ending what has ended is no error.
    async fn stop_cover(&self, actor: &Actor, secret: &str) -> Outcome<bool>;
}
