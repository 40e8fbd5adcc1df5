use async_trait::async_trait;

use super::{Agenda, CopySlots, ExtendForm, PatternForm, PatternPage, ReduceForm, ReducePage, SlotBatch};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{MissionId, OrganisationId, SlotBatchId, SlotId},
};

/// The use cases of planning, for the admins of an organisation.
#[async_trait]
pub trait Planning: Send + Sync {
    /// What a pattern would make of the version being written, beside the slots that it has; nothing before one is asked.
    async fn pattern(&self, actor: &Actor, mission: MissionId, form: PatternForm) -> Outcome<PatternPage>;

    /// Adds what a pattern makes to the version being written, all together; on a published mission this opens a new
    /// version. Tells how many slots were made.
    async fn add_slots(&self, actor: &Actor, mission: MissionId, form: PatternForm) -> Outcome<u32>;

    /// The slots that were added together and are still in the version being written, newest first.
    async fn batches(&self, actor: &Actor, mission: MissionId) -> Outcome<Vec<SlotBatch>>;

    /// Takes what was added together out again, but for the slots that somebody has or asked for.
    async fn remove_slots(&self, actor: &Actor, mission: MissionId, batch: SlotBatchId) -> Outcome<()>;

    /// Gives a slot of the version being written other places, an open period a later last day; people keep it.
    async fn extend_slot(&self, actor: &Actor, mission: MissionId, slot: SlotId, form: ExtendForm) -> Outcome<()>;

    /// Who holds places in a slot that is online, and who would lose theirs with so many places left, as typed.
    async fn reducing(&self, actor: &Actor, mission: MissionId, slot: SlotId, places: &str) -> Outcome<ReducePage>;

    /// Takes places away from a slot that is online, at once, and from the people who were chosen; each is told why.
    async fn reduce_slot(&self, actor: &Actor, mission: MissionId, slot: SlotId, form: ReduceForm) -> Outcome<()>;

    /// Makes a new draft with the content of a mission: what is online, or was, else what is being written. Never who applied,
    /// its reviews or its history.
    async fn copy(&self, actor: &Actor, mission: MissionId, slots: CopySlots) -> Outcome<MissionId>;

    /// The slots of the days to come that an organisation answers for, those at risk first.
    async fn agenda(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<Agenda>;
}
