//! Saved searches, and which missions each knows.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference};

/// Saved searches; where a letter says how to be rid of it.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        alert(manager).await?;
        alert_mission(manager).await?;
        let mut unsubscribe = Table::alter();
        unsubscribe.table("outbox").add_column(text_null("unsubscribe"));
        manager.alter_table(unsubscribe).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut unsubscribe = Table::alter();
        unsubscribe.table("outbox").drop_column("unsubscribe");
        manager.alter_table(unsubscribe).await?;
        drop(manager, &["alert_mission", "alert"]).await
    }
}

/// The secret is kept as it is: each e-mail of the search holds it, and all that it can do is to end that search.
async fn alert(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("alert");
    table
        .col(uuid("id"))
        .col(uuid("account_id"))
        .col(text("secret").unique_key())
        .col(text("words"))
        .col(text_null("domain_code"))
        .col(uuid_null("municipality_id"))
        .col(date_null("from_day"))
        .col(boolean_null("remote"))
        .col(text("pace"))
        .col(timestamp_with_time_zone("looked_at"))
        .col(timestamp_with_time_zone_null("told_at"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("alert", "account_id", "account", "id"))
        .foreign_key(&mut reference("alert", "domain_code", "domain", "code"))
        .foreign_key(&mut reference("alert", "municipality_id", "municipality", "id"))
        .check(Expr::cust("pace IN ('at_once', 'daily', 'weekly')"));
    manager.create_table(table).await?;
    index(manager, "alert", &["account_id", "domain_code", "municipality_id"]).await
}

/// Missions that were online when the search was made, or of which it has told: its key keeps it from telling twice.
async fn alert_mission(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("alert_mission");
    table
        .col(uuid("alert_id"))
        .col(uuid("mission_id"))
        .primary_key(Index::create().col("alert_id").col("mission_id"))
        .foreign_key(&mut reference("alert_mission", "alert_id", "alert", "id"))
        .foreign_key(&mut reference("alert_mission", "mission_id", "mission", "id"));
    manager.create_table(table).await?;
    index(manager, "alert_mission", &["mission_id"]).await
}
