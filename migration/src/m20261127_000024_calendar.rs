//! Reminders that were sent; the addresses of personal calendars, and what was called off of them.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index};

/// Reminders and calendars.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        reminder(manager).await?;
        calendar_feed(manager).await?;
        called_off_slot(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["called_off_slot", "calendar_feed", "reminder"]).await
    }
}

/// A foreign key of what means nothing without the row it points at.
fn part_of(
    table: &'static str,
    column: &'static str,
    whole: &'static str,
    key: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(whole, key).on_delete(ForeignKeyAction::Cascade).to_owned()
}

/// The primary key is what keeps a reminder from being sent twice.
async fn reminder(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("reminder");
    table
        .col(uuid("application_id"))
        .col(uuid("slot_id"))
        .col(text("kind"))
        .col(timestamp_with_time_zone("sent_at"))
        .primary_key(Index::create().col("application_id").col("slot_id").col("kind"))
        .foreign_key(&mut part_of("reminder", "application_id", "application", "id"))
        .foreign_key(&mut part_of("reminder", "slot_id", "slot", "id"))
        .check(Expr::cust("kind IN ('two_days', 'three_hours', 'day_after')"));
    manager.create_table(table).await?;
    index(manager, "reminder", &["slot_id", "sent_at"]).await
}

/// One address per account.
async fn calendar_feed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("calendar_feed");
    table
        .col(uuid("account_id"))
        .col(text("secret").unique_key())
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("account_id"))
        .foreign_key(&mut part_of("calendar_feed", "account_id", "account", "id"));
    manager.create_table(table).await
}

/// Slots that were called off and taken out of an application that has others: a calendar says so, rather than nothing.
async fn called_off_slot(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("called_off_slot");
    table
        .col(uuid("application_id"))
        .col(uuid("slot_id"))
        .primary_key(Index::create().col("application_id").col("slot_id"))
        .foreign_key(&mut part_of("called_off_slot", "application_id", "application", "id"))
        .foreign_key(&mut part_of("called_off_slot", "slot_id", "slot", "id"));
    manager.create_table(table).await?;
    index(manager, "called_off_slot", &["slot_id"]).await
}
