//! Applications for slots.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference};

/// Applications for slots.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE INDEX application_queue ON application (mission_id, status)",
    "CREATE UNIQUE INDEX application_live ON application (mission_id, volunteer_id) WHERE status IN ('pending', 'accepted', 'waitlisted', 'offered')",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        application(manager).await?;
        application_slot(manager).await?;
        crate::tables::run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["application_slot", "application"]).await
    }
}

async fn application(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("application");
    table
        .col(uuid("id"))
        .col(uuid("mission_id"))
        .col(uuid("volunteer_id"))
        .col(text("status"))
        .col(text("message").default(""))
        .col(text("safety_rules"))
        .col(timestamp_with_time_zone("safety_acknowledged_at"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("application", "mission_id", "mission", "id"))
        .foreign_key(&mut reference("application", "volunteer_id", "account", "id"))
        .foreign_key(&mut reference("application", "decided_by", "account", "id"))
        .check(Expr::cust("status IN ('pending', 'accepted', 'declined', 'withdrawn', 'cancelled', 'attended', 'absent', 'waitlisted', 'offered', 'expired')"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "application", &["mission_id", "volunteer_id", "decided_by"]).await
}

async fn application_slot(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("application_slot");
    table
        .col(uuid("application_id"))
        .col(uuid("slot_id"))
        .primary_key(Index::create().col("application_id").col("slot_id"))
        .foreign_key(&mut reference("application_slot", "application_id", "application", "id"))
        .foreign_key(&mut reference("application_slot", "slot_id", "slot", "id"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "application_slot", &["slot_id"]).await
}
