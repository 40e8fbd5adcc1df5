//! Who asked a town for no more letters, known after its directory has forgotten them.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference};

/// Who asked a town for no more letters: a hash of their address, and no address.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = create("letter_silence");
        table
            .col(uuid("municipality_id"))
            .col(text("address_hash"))
            .col(timestamp_with_time_zone("asked_at"))
            .primary_key(Index::create().col("municipality_id").col("address_hash"))
            .foreign_key(&mut reference("letter_silence", "municipality_id", "municipality", "id"));
        manager.create_table(table).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["letter_silence"]).await
    }
}
