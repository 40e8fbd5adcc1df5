//! Slots that an organisation added together.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference};

/// Batches of slots.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut batch = create("slot_batch");
        batch
            .col(uuid("id"))
            .col(uuid("mission_id"))
            .col(timestamp_with_time_zone("created_at"))
            .primary_key(Index::create().col("id"))
            .foreign_key(&mut reference("slot_batch", "mission_id", "mission", "id"));
        manager.create_table(batch).await?;
        // A slot of a draft is no row of `slot` yet: its id is kept from the draft on.
        let mut member = create("slot_batch_slot");
        member
            .col(uuid("slot_id"))
            .col(uuid("batch_id"))
            .primary_key(Index::create().col("slot_id"))
            .foreign_key(&mut reference("slot_batch_slot", "batch_id", "slot_batch", "id"));
        manager.create_table(member).await?;
        index(manager, "slot_batch", &["mission_id"]).await?;
        index(manager, "slot_batch_slot", &["batch_id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["slot_batch_slot", "slot_batch"]).await
    }
}
