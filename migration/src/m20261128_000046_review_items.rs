//! The review file: messages about an item of the checklist, and what the system had found when somebody decided.

use sea_orm_migration::{prelude::*, schema::*};

/// A message's item; a decision's findings.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

/// What a message is about: an item's code, and nothing where it is about the file. No foreign key: SQLite cannot drop a column that
/// has one, and the server asks the checklist. The findings are JSON, of each language.
const COLUMNS: [(&str, &str); 2] = [("thread_message", "item_code"), ("review", "findings")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in COLUMNS {
            let add = Table::alter().table(table).add_column(text_null(column)).to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in COLUMNS {
            let take = Table::alter().table(table).drop_column(column).to_owned();
            manager.alter_table(take).await?;
        }
        Ok(())
    }
}
