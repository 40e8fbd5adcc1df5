//! What accepted volunteers are still to be told of a mission whose practical details, place or hours changed; the word of thanks
//! that went to them with their hours.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference};

/// Notices of changed details, and thanks beside validated hours.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = create("details_notice");
        table
            .col(uuid("mission_id"))
            // What they know, while something else holds.
            .col(text_null("known"))
            .col(timestamp_with_time_zone("changed_at"))
            .col(timestamp_with_time_zone_null("told_at"))
            .primary_key(Index::create().col("mission_id"))
            .foreign_key(&mut reference("details_notice", "mission_id", "mission", "id"));
        manager.create_table(table).await?;
        index(manager, "details_notice", &["told_at"]).await?;
        let mut thanks = Table::alter();
        thanks.table("attendance").add_column(text_null("thanks"));
        manager.alter_table(thanks).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut thanks = Table::alter();
        thanks.table("attendance").drop_column("thanks");
        manager.alter_table(thanks).await?;
        drop(manager, &["details_notice"]).await
    }
}
