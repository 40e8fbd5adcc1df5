//! Accounts, sessions and links.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference};

/// Accounts, sessions and links.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE INDEX session_expiry ON session (expires_at)",
    "CREATE INDEX account_token_expiry ON account_token (expires_at)",
    "CREATE INDEX throttle_age ON throttle (updated_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        account(manager).await?;
        volunteer(manager).await?;
        session(manager).await?;
        account_token(manager).await?;
        throttle(manager).await?;
        crate::tables::run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["throttle", "account_token", "session", "volunteer", "account"]).await
    }
}

async fn account(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("account");
    table
        .col(uuid("id"))
        .col(text("email").unique_key())
        .col(text("given_name"))
        .col(text("family_name"))
        .col(text("locale"))
        .col(text("password_hash"))
        .col(timestamp_with_time_zone_null("email_confirmed_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("last_seen_at"))
        .col(timestamp_with_time_zone_null("disabled_at"))
        .primary_key(Index::create().col("id"))
        .check(Expr::cust("locale IN ('fr', 'en')"));
    manager.create_table(table).await?;
    Ok(())
}

async fn volunteer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("volunteer");
    table
        .col(uuid("account_id"))
        .col(date("birth_date"))
        .col(text_null("insee"))
        .col(text_null("phone"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("account_id"))
        .foreign_key(&mut reference("volunteer", "account_id", "account", "id"));
    manager.create_table(table).await?;
    Ok(())
}

async fn session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("session");
    table
        .col(text("token_hash"))
        .col(uuid("account_id"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("last_seen_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(text("user_agent"))
        .primary_key(Index::create().col("token_hash"))
        .foreign_key(&mut reference("session", "account_id", "account", "id"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "session", &["account_id"]).await
}

async fn account_token(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("account_token");
    table
        .col(text("token_hash"))
        .col(uuid("account_id"))
        .col(text("purpose"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .primary_key(Index::create().col("token_hash"))
        .foreign_key(&mut reference("account_token", "account_id", "account", "id"))
        .check(Expr::cust("purpose IN ('confirm_email', 'reset_password')"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "account_token", &["account_id"]).await
}

async fn throttle(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("throttle");
    table
        .col(text("key"))
        .col(double("tokens"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("key"));
    manager.create_table(table).await?;
    Ok(())
}
