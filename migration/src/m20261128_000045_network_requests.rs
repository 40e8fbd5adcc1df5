//! Files that a town asks the network to decide.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference, run};

/// Requests to the network.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

// One for each file; they serve the foreign keys, too.
const ONCE: &[&str] = &[
    "CREATE UNIQUE INDEX network_request_review_id ON network_request (review_id)",
    "CREATE UNIQUE INDEX network_request_organisation_review_id ON network_request (organisation_review_id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = create("network_request");
        table
            .col(uuid("id"))
            // One of the two.
            .col(uuid_null("review_id"))
            .col(uuid_null("organisation_review_id"))
            .col(uuid("municipality_id"))
            .col(uuid("asked_by"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(text("note"))
            .primary_key(Index::create().col("id"))
            .foreign_key(&mut reference("network_request", "review_id", "review", "id"))
            .foreign_key(&mut reference("network_request", "organisation_review_id", "organisation_review", "id"))
            .foreign_key(&mut reference("network_request", "municipality_id", "municipality", "id"))
            .foreign_key(&mut reference("network_request", "asked_by", "account", "id"))
            .check(Expr::cust(
                "(review_id IS NULL AND organisation_review_id IS NOT NULL) \
                 OR (review_id IS NOT NULL AND organisation_review_id IS NULL)",
            ));
        manager.create_table(table).await?;
        index(manager, "network_request", &["municipality_id", "asked_by"]).await?;
        run(manager, ONCE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["network_request"]).await
    }
}
