//! The network and its municipalities.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference};

/// The network and its municipalities.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &["CREATE UNIQUE INDEX neighbourhood_slug ON neighbourhood (municipality_id, slug)"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        network(manager).await?;
        municipality(manager).await?;
        neighbourhood(manager).await?;
        crate::tables::run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["neighbourhood", "municipality", "network"]).await
    }
}

async fn network(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("network");
    table
        .col(uuid("id"))
        .col(text("name"))
        .col(text_null("email"))
        .col(text_null("phone"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"));
    manager.create_table(table).await?;
    Ok(())
}

async fn municipality(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("municipality");
    table
        .col(uuid("id"))
        .col(text("insee").unique_key())
        .col(text("name"))
        .col(text("slug"))
        .col(text("department"))
        .col(text("postcodes"))
        .col(integer("population"))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        .col(text("service_name"))
        .col(text_null("service_email"))
        .col(text_null("service_phone"))
        .col(text_null("opening_days"))
        .col(integer("review_hours").default(72))
        .col(boolean("self_review_allowed").default(false))
        .col(timestamp_with_time_zone("opened_at"))
        .primary_key(Index::create().col("id"))
        .check(Expr::cust("length(insee) = 5"))
        .check(Expr::cust("review_hours BETWEEN 1 AND 720"));
    manager.create_table(table).await?;
    Ok(())
}

async fn neighbourhood(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("neighbourhood");
    table
        .col(uuid("id"))
        .col(uuid("municipality_id"))
        .col(text("name"))
        .col(text("slug"))
        .col(integer("position"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("neighbourhood", "municipality_id", "municipality", "id"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "neighbourhood", &["municipality_id"]).await
}
