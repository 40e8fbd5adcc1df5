//! Figures: what was decided, what ended and what came in, by time.

use sea_orm_migration::prelude::*;

/// Indexes for figures.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE INDEX review_decided ON review (municipality_id, decided_at) WHERE decided_at IS NOT NULL",
    "CREATE INDEX slot_end ON slot (ends_at)",
    "CREATE INDEX application_created ON application (created_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::tables::run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drops = ["DROP INDEX application_created", "DROP INDEX slot_end", "DROP INDEX review_decided"];
        crate::tables::run(manager, &drops).await
    }
}
