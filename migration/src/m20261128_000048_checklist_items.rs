//! The network edits the checklist: an item can be retired, and says since when it is asked as it is.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::run;

/// When items of the checklist came and went.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

/// Both NULL for what was there from the start. A file that was decided before an item was asked, or after it was retired,
/// shows it only with its answer.
const COLUMNS: [&str; 2] = ["retired_at", "asked_since"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let add =
                Table::alter().table("checklist_item").add_column(timestamp_with_time_zone_null(column)).to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }

    /// The version before asks retired items again: they are data, and what was answered points at them.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            run(manager, &[&format!("ALTER TABLE checklist_item DROP COLUMN {column}")]).await?;
        }
        Ok(())
    }
}
