//! A guardian's consent to an application of somebody under 18.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference, run};

/// A guardian's consent.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

/// What is still kept of addresses is looked for every minute.
const INDEXES: &[&str] =
    &["CREATE INDEX guardian_consent_kept ON guardian_consent (application_id) WHERE email IS NOT NULL"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = create("guardian_consent");
        table
            .col(uuid("application_id"))
            .col(text("status"))
            .col(text_null("email"))
            .col(text("secret"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(timestamp_with_time_zone_null("answered_at"))
            .primary_key(Index::create().col("application_id"))
            .foreign_key(&mut reference("guardian_consent", "application_id", "application", "id"))
            .check(Expr::cust("status IN ('asked', 'given', 'refused', 'withdrawn')"))
            .check(Expr::cust("(status = 'asked') = (answered_at IS NULL)"));
        manager.create_table(table).await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["guardian_consent"]).await
    }
}
