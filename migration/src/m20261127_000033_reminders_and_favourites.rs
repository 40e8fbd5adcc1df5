//! Whether a volunteer is reminded of slots; missions that somebody keeps.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference};

/// A tick of each volunteer: who does not want it is not reminded; and what people keep.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut reminders = Table::alter();
        reminders.table("volunteer").add_column(boolean("reminders").default(true));
        manager.alter_table(reminders).await?;
        let mut table = create("favourite");
        table
            .col(uuid("account_id"))
            .col(uuid("mission_id"))
            .col(text("title"))
            .col(timestamp_with_time_zone("kept_at"))
            .primary_key(Index::create().col("account_id").col("mission_id"))
            .foreign_key(&mut reference("favourite", "account_id", "account", "id"))
            .foreign_key(&mut reference("favourite", "mission_id", "mission", "id"));
        manager.create_table(table).await?;
        index(manager, "favourite", &["mission_id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["favourite"]).await?;
        let mut reminders = Table::alter();
        reminders.table("volunteer").drop_column("reminders");
        manager.alter_table(reminders).await
    }
}
