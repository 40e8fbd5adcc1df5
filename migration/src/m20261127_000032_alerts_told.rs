//! Of which missions people were told by their saved searches; letters that do not leave at night.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference};

/// Who was told of what; which letters are left for the morning.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // By person, not by search: its key keeps two searches of one person from telling of the same mission.
        let mut table = create("alert_told");
        table
            .col(uuid("account_id"))
            .col(uuid("mission_id"))
            .col(timestamp_with_time_zone("told_at"))
            .primary_key(Index::create().col("account_id").col("mission_id"))
            .foreign_key(&mut reference("alert_told", "account_id", "account", "id"))
            .foreign_key(&mut reference("alert_told", "mission_id", "mission", "id"));
        manager.create_table(table).await?;
        index(manager, "alert_told", &["mission_id"]).await?;
        let mut quiet = Table::alter();
        quiet.table("outbox").add_column(boolean("quiet").default(false));
        manager.alter_table(quiet).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut quiet = Table::alter();
        quiet.table("outbox").drop_column("quiet");
        manager.alter_table(quiet).await?;
        drop(manager, &["alert_told"]).await
    }
}
