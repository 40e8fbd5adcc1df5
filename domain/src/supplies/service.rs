use async_trait::async_trait;

use super::{HandOutForm, SheetDoor, SlotSheet, SupplyWeek, TakeBackForm};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{ApplicationId, ReviewId, SlotId},
};

/// The use cases of supplies.
#[async_trait]
pub trait Supplies: Send + Sync {
    /// Reserves for the mission under review what it needs and is there; for coordinators of its town.
    async fn reserve(&self, actor: &Actor, review: ReviewId) -> Outcome<()>;

    /// Gives back to the stock all that is reserved for the mission under review.
    async fn release(&self, actor: &Actor, review: ReviewId) -> Outcome<()>;

    /// The handing-out sheet of a slot, for the town's coordination or the mission's organisation.
    async fn sheet(&self, actor: &Actor, door: SheetDoor, slot: SlotId) -> Outcome<SlotSheet>;

    /// Notes what a volunteer is handed. A coordinator draws on what is reserved for the mission, then on the free stock; an
    /// admin of the organisation on what is reserved only.
    async fn hand_out(&self, actor: &Actor, slot: SlotId, to: ApplicationId, form: HandOutForm) -> Outcome<()>;

    /// Notes what comes back from a volunteer, and what is lost.
    async fn take_back(&self, actor: &Actor, slot: SlotId, from: ApplicationId, form: TakeBackForm) -> Outcome<()>;

    /// What will be short in the next seven days, and the slots to hand out for.
    async fn week(&self, actor: &Actor, insee: &str) -> Outcome<SupplyWeek>;
}
