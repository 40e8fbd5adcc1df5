//! The history and the e-mails that wait.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop};

/// The history and the e-mails that wait.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE INDEX history_subject ON history (subject, subject_id, at)",
    "CREATE INDEX history_town ON history (municipality_id, at)",
    "CREATE INDEX history_actor ON history (actor_id, at)",
    "CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE sent_at IS NULL AND failed_at IS NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        history(manager).await?;
        outbox(manager).await?;
        crate::tables::append_only(manager, "history").await?;
        crate::tables::run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["outbox", "history"]).await?;
        crate::tables::forget_append_only(manager, "history").await
    }
}

/// Without foreign keys: a line outlives the account and the town it speaks of, and nothing may change it when they go.
async fn history(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("history");
    table
        .col(uuid("id"))
        .col(text("subject"))
        .col(uuid("subject_id"))
        .col(uuid_null("municipality_id"))
        .col(uuid_null("actor_id"))
        .col(timestamp_with_time_zone("at"))
        .col(text_null("from_state"))
        .col(text("to_state"))
        .col(text_null("reason"))
        .primary_key(Index::create().col("id"));
    manager.create_table(table).await?;
    Ok(())
}

async fn outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("outbox");
    table
        .col(uuid("id"))
        .col(text("recipient"))
        .col(text("locale"))
        .col(text("kind"))
        .col(text("subject"))
        .col(text("body_text"))
        .col(text("body_html"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("next_attempt_at"))
        .col(integer("attempts").default(0))
        .col(timestamp_with_time_zone_null("claimed_until"))
        .col(timestamp_with_time_zone_null("sent_at"))
        .col(timestamp_with_time_zone_null("failed_at"))
        .col(text_null("last_error"))
        .primary_key(Index::create().col("id"))
        .check(Expr::cust("locale IN ('fr', 'en')"))
        .check(Expr::cust("attempts >= 0"));
    manager.create_table(table).await?;
    Ok(())
}
