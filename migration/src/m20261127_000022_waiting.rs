//! Waiting lists: until when a place is held for somebody, and the secret of the link that answers.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::run;

/// Waiting lists.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [timestamp_with_time_zone_null("held_until"), text_null("offer_secret")] {
            manager.alter_table(Table::alter().table("application").add_column(column).to_owned()).await?;
        }
        let hours = integer("offer_hours").default(24).take();
        manager.alter_table(Table::alter().table("mission").add_column(hours).to_owned()).await?;
        run(manager, &["CREATE INDEX application_held ON application (held_until) WHERE status = 'offered'"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "DROP INDEX application_held",
                "ALTER TABLE application DROP COLUMN held_until",
                "ALTER TABLE application DROP COLUMN offer_secret",
                "ALTER TABLE mission DROP COLUMN offer_hours",
            ],
        )
        .await
    }
}
