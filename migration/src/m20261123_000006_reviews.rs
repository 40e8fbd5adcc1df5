//! Reviews, their checklists, the exchanges.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference};

/// Reviews, their checklists, the exchanges.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX review_open ON review (mission_version_id) WHERE status IN ('waiting', 'in_review')",
    "CREATE INDEX review_queue ON review (municipality_id, status, due_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        review(manager).await?;
        review_answer(manager).await?;
        thread_message(manager).await?;
        crate::tables::run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["thread_message", "review_answer", "review"]).await
    }
}

async fn review(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("review");
    table
        .col(uuid("id"))
        .col(uuid("mission_id"))
        .col(uuid("mission_version_id"))
        .col(uuid("municipality_id"))
        .col(text("status"))
        .col(text("content_hash"))
        .col(timestamp_with_time_zone("due_at"))
        .col(uuid_null("taken_by"))
        .col(timestamp_with_time_zone_null("taken_at"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("review", "mission_id", "mission", "id"))
        .foreign_key(&mut reference("review", "mission_version_id", "mission_version", "id"))
        .foreign_key(&mut reference("review", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("review", "taken_by", "account", "id"))
        .foreign_key(&mut reference("review", "decided_by", "account", "id"))
        .check(Expr::cust("status IN ('waiting', 'in_review', 'green_light', 'changes_requested', 'refused')"));
    manager.create_table(table).await?;
    let foreign_keys = &["mission_id", "mission_version_id", "municipality_id", "taken_by", "decided_by"];
    crate::tables::index(manager, "review", foreign_keys).await
}

async fn review_answer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("review_answer");
    table
        .col(uuid("review_id"))
        .col(text("item_code"))
        .col(text("answer"))
        .col(text("note").default(""))
        .col(uuid("answered_by"))
        .col(timestamp_with_time_zone("answered_at"))
        .primary_key(Index::create().col("review_id").col("item_code"))
        .foreign_key(&mut reference("review_answer", "review_id", "review", "id"))
        .foreign_key(&mut reference("review_answer", "item_code", "checklist_item", "code"))
        .foreign_key(&mut reference("review_answer", "answered_by", "account", "id"))
        .check(Expr::cust("answer IN ('', 'yes', 'no', 'not_applicable')"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "review_answer", &["item_code", "answered_by"]).await
}

async fn thread_message(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("thread_message");
    table
        .col(uuid("id"))
        .col(uuid_null("mission_id"))
        .col(uuid_null("organisation_id"))
        .col(uuid("municipality_id"))
        .col(uuid("author_id"))
        .col(text("side"))
        .col(text("body"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("thread_message", "mission_id", "mission", "id"))
        .foreign_key(&mut reference("thread_message", "organisation_id", "organisation", "id"))
        .foreign_key(&mut reference("thread_message", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("thread_message", "author_id", "account", "id"))
        .check(Expr::cust("side IN ('organisation', 'coordination')"))
        .check(Expr::cust("(mission_id IS NULL) <> (organisation_id IS NULL)"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "thread_message", &["mission_id", "organisation_id", "municipality_id", "author_id"])
        .await
}
