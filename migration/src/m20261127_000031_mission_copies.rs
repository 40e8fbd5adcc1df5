//! Missions that began as a copy of another.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference};

/// Copies of missions.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = create("mission_copy");
        table
            .col(uuid("mission_id"))
            .col(uuid("source_id"))
            .primary_key(Index::create().col("mission_id"))
            .foreign_key(&mut reference("mission_copy", "mission_id", "mission", "id"))
            .foreign_key(&mut reference("mission_copy", "source_id", "mission", "id"))
            .check(Expr::cust("mission_id <> source_id"));
        manager.create_table(table).await?;
        index(manager, "mission_copy", &["source_id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["mission_copy"]).await
    }
}
