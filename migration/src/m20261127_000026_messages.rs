//! Messages between a volunteer and the organisation that answers, and what either side reports.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference, run};

/// Exchanges, their messages, reports.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE INDEX application_message_read ON application_message (application_id, created_at)",
    // A side reports an exchange once until the town has closed it.
    "CREATE UNIQUE INDEX message_report_open ON message_report (application_id, side) WHERE closed_at IS NULL",
    "CREATE INDEX message_report_list ON message_report (municipality_id, created_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        thread(manager).await?;
        message(manager).await?;
        report(manager).await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["message_report", "application_message", "application_thread"]).await
    }
}

/// For each side: when it last wrote, until when it has read, when its last notice left or will leave.
async fn thread(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("application_thread");
    table
        .col(uuid("application_id"))
        .col(timestamp_with_time_zone_null("volunteer_wrote_at"))
        .col(timestamp_with_time_zone_null("volunteer_read_at"))
        .col(timestamp_with_time_zone_null("volunteer_told_at"))
        .col(timestamp_with_time_zone_null("organisation_wrote_at"))
        .col(timestamp_with_time_zone_null("organisation_read_at"))
        .col(timestamp_with_time_zone_null("organisation_told_at"))
        .primary_key(Index::create().col("application_id"))
        .foreign_key(&mut reference("application_thread", "application_id", "application", "id"));
    manager.create_table(table).await
}

async fn message(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("application_message");
    table
        .col(uuid("id"))
        .col(uuid("application_id"))
        .col(uuid("author_id"))
        .col(text("side"))
        .col(text("body"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("application_message", "application_id", "application", "id"))
        .foreign_key(&mut reference("application_message", "author_id", "account", "id"))
        .check(Expr::cust("side IN ('volunteer', 'organisation')"));
    manager.create_table(table).await?;
    index(manager, "application_message", &["author_id"]).await
}

async fn report(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("message_report");
    table
        .col(uuid("id"))
        .col(uuid("application_id"))
        .col(uuid("municipality_id"))
        .col(uuid("reporter_id"))
        .col(text("side"))
        .col(text("reason"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(uuid_null("closed_by"))
        .col(text_null("word"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("message_report", "application_id", "application", "id"))
        .foreign_key(&mut reference("message_report", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("message_report", "reporter_id", "account", "id"))
        .foreign_key(&mut reference("message_report", "closed_by", "account", "id"))
        .check(Expr::cust("side IN ('volunteer', 'organisation')"))
        .check(Expr::cust("(closed_at IS NULL) = (word IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)"));
    manager.create_table(table).await?;
    index(manager, "message_report", &["application_id", "reporter_id", "closed_by"]).await
}
