//! Supplies: the server's side.

mod hand_out;
pub mod jobs;
mod plan;
pub mod queries;
pub mod reserve;
mod sheet;
pub mod week;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    ids::{ApplicationId, ReviewId, SlotId},
    supplies::{HandOutForm, SheetDoor, SlotSheet, Supplies, SupplyWeek, TakeBackForm},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Supplies for Backend {
    async fn reserve(&self, actor: &Actor, review: ReviewId) -> Outcome<()> {
        reserve::reserve(self, actor, review).await.answered()
    }

    async fn release(&self, actor: &Actor, review: ReviewId) -> Outcome<()> {
        reserve::release(self, actor, review).await.answered()
    }

    async fn sheet(&self, actor: &Actor, door: SheetDoor, slot: SlotId) -> Outcome<SlotSheet> {
        sheet::sheet(self, actor, door, slot).await.answered()
    }

    async fn hand_out(&self, actor: &Actor, slot: SlotId, to: ApplicationId, form: HandOutForm) -> Outcome<()> {
        hand_out::hand_out(self, actor, slot, to, form).await.answered()
    }

    async fn take_back(&self, actor: &Actor, slot: SlotId, from: ApplicationId, form: TakeBackForm) -> Outcome<()> {
        hand_out::take_back(self, actor, slot, from, form).await.answered()
    }

    async fn week(&self, actor: &Actor, insee: &str) -> Outcome<SupplyWeek> {
        week::week(self, actor, insee).await.answered()
    }
}
