//! Missions, their versions and slots.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference};

/// Missions, their versions and slots.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX mission_version_number ON mission_version (mission_id, number)",
    "CREATE INDEX mission_public ON mission (status, starts_at, id)",
    "CREATE INDEX mission_town ON mission (municipality_id, status)",
    "CREATE INDEX slot_mission_end ON slot (mission_id, ends_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        mission(manager).await?;
        mission_version(manager).await?;
        slot(manager).await?;
        crate::tables::run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["slot", "mission_version", "mission"]).await
    }
}

async fn mission(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("mission");
    table
        .col(uuid("id"))
        .col(uuid("organisation_id"))
        .col(uuid("municipality_id"))
        .col(text("status"))
        .col(text("slug"))
        .col(uuid_null("published_version_id"))
        .col(uuid_null("working_version_id"))
        .col(text("title"))
        .col(text("goal"))
        .col(text_null("domain_code"))
        .col(boolean("remote"))
        .col(uuid_null("neighbourhood_id"))
        .col(boolean("open_to_minors"))
        .col(text("choice"))
        .col(text("practical").default(""))
        .col(text("search_text").default(""))
        .col(timestamp_with_time_zone_null("starts_at"))
        .col(timestamp_with_time_zone_null("ends_at"))
        .col(uuid("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(timestamp_with_time_zone_null("published_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("mission", "organisation_id", "organisation", "id"))
        .foreign_key(&mut reference("mission", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("mission", "domain_code", "domain", "code"))
        .foreign_key(&mut reference("mission", "neighbourhood_id", "neighbourhood", "id"))
        .foreign_key(&mut reference("mission", "created_by", "account", "id"))
        .check(Expr::cust("status IN ('draft', 'submitted', 'changes_requested', 'published', 'refused', 'suspended', 'closed', 'cancelled')"))
        .check(Expr::cust("choice IN ('at_once', 'choose')"));
    manager.create_table(table).await?;
    crate::tables::index(
        manager,
        "mission",
        &["organisation_id", "municipality_id", "domain_code", "neighbourhood_id", "created_by"],
    )
    .await
}

async fn mission_version(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("mission_version");
    table
        .col(uuid("id"))
        .col(uuid("mission_id"))
        .col(integer("number"))
        .col(text("status"))
        .col(text("content"))
        .col(text("content_hash"))
        .col(uuid("author_id"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("mission_version", "mission_id", "mission", "id"))
        .foreign_key(&mut reference("mission_version", "author_id", "account", "id"))
        .check(Expr::cust(
            "status IN ('draft', 'submitted', 'changes_requested', 'approved', 'refused', 'superseded')",
        ));
    manager.create_table(table).await?;
    crate::tables::index(manager, "mission_version", &["mission_id", "author_id"]).await
}

async fn slot(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("slot");
    table
        .col(uuid("id"))
        .col(uuid("mission_id"))
        .col(text("kind"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(integer("places"))
        .col(integer("taken").default(0))
        .col(timestamp_with_time_zone_null("cancelled_at"))
        .col(text_null("cancel_reason"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("slot", "mission_id", "mission", "id"))
        .check(Expr::cust("kind IN ('dated', 'open_period')"))
        .check(Expr::cust("places > 0"))
        .check(Expr::cust("taken >= 0 AND taken <= places"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "slot", &["mission_id"]).await
}
