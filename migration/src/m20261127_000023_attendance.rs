//! Attendance: what is noted of whom at which slot, and certificates of hours.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference, run};

/// Attendance and certificates.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        attendance(manager).await?;
        certificate(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["certificate", "attendance"]).await
    }
}

/// `version` says how often a note was written: whoever writes again says which one they saw.
async fn attendance(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("attendance");
    table
        .col(uuid("application_id"))
        .col(uuid("slot_id"))
        .col(text("mark"))
        .col(integer("minutes"))
        .col(integer("version"))
        .col(uuid("marked_by"))
        .col(timestamp_with_time_zone("marked_at"))
        .col(uuid_null("validated_by"))
        .col(timestamp_with_time_zone_null("validated_at"))
        .primary_key(Index::create().col("application_id").col("slot_id"))
        .foreign_key(&mut reference("attendance", "application_id", "application", "id"))
        .foreign_key(&mut reference("attendance", "slot_id", "slot", "id"))
        .foreign_key(&mut reference("attendance", "marked_by", "account", "id"))
        .foreign_key(&mut reference("attendance", "validated_by", "account", "id"))
        .check(Expr::cust("mark IN ('present', 'late', 'absent', 'replaced')"))
        .check(Expr::cust("minutes >= 0 AND (minutes > 0) = (mark IN ('present', 'late'))"))
        .check(Expr::cust("(validated_by IS NULL) = (validated_at IS NULL)"));
    manager.create_table(table).await?;
    index(manager, "attendance", &["slot_id", "marked_by", "validated_by"]).await
}

/// What a certificate says is kept as it was: `missions` is a JSON list.
async fn certificate(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("certificate");
    table
        .col(text("number"))
        .col(uuid("account_id"))
        .col(text("name"))
        .col(date("first_day"))
        .col(date("last_day"))
        .col(integer("minutes"))
        .col(text("missions"))
        .col(timestamp_with_time_zone("issued_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .primary_key(Index::create().col("number"))
        .foreign_key(&mut reference("certificate", "account_id", "account", "id"))
        .check(Expr::cust("minutes > 0"));
    manager.create_table(table).await?;
    run(manager, &["CREATE INDEX certificate_account ON certificate (account_id, issued_at)"]).await
}
