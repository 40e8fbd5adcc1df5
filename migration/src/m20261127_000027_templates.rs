//! The texts that organisations keep to answer with.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference, run};

/// Texts of organisations.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = create("answer_template");
        table
            .col(uuid("id"))
            .col(uuid("organisation_id"))
            .col(text("name"))
            .col(text("body"))
            .col(timestamp_with_time_zone("updated_at"))
            .primary_key(Index::create().col("id"))
            .foreign_key(&mut reference("answer_template", "organisation_id", "organisation", "id"));
        manager.create_table(table).await?;
        run(manager, &["CREATE UNIQUE INDEX answer_template_name ON answer_template (organisation_id, name)"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["answer_template"]).await
    }
}
