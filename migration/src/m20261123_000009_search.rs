//! The full-text index: FTS5 on SQLite, GIN on PostgreSQL, over words that the server has folded and stemmed.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// The full-text index.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = match manager.get_database_backend() {
            DbBackend::Sqlite => "CREATE VIRTUAL TABLE mission_search USING fts5(mission_id UNINDEXED, body)",
            _ => "CREATE INDEX mission_search ON mission USING gin (to_tsvector('simple', search_text))",
        };
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = match manager.get_database_backend() {
            DbBackend::Sqlite => "DROP TABLE mission_search",
            _ => "DROP INDEX mission_search",
        };
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
