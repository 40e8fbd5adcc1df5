//! What volunteers say of the slots at which they were expected.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference};

/// Answers to «did it happen?».
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = create("slot_answer");
        table
            .col(uuid("application_id"))
            .col(uuid("slot_id"))
            .col(text("answer"))
            .col(timestamp_with_time_zone("answered_at"))
            .primary_key(Index::create().col("application_id").col("slot_id"))
            .foreign_key(&mut reference("slot_answer", "application_id", "application", "id"))
            .foreign_key(&mut reference("slot_answer", "slot_id", "slot", "id"))
            .check(Expr::cust("answer IN ('was_there', 'could_not_come', 'not_held')"));
        manager.create_table(table).await?;
        index(manager, "slot_answer", &["slot_id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["slot_answer"]).await
    }
}
