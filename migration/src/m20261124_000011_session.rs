//! Sessions keep nothing about the browser: nobody is shown it.

use sea_orm_migration::prelude::*;

use crate::tables::run;

/// Drops `session.user_agent`.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["ALTER TABLE session DROP COLUMN user_agent"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["ALTER TABLE session ADD COLUMN user_agent text NOT NULL DEFAULT ''"]).await
    }
}
