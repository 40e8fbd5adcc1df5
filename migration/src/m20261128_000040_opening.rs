//! From which day on a mission takes applications.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::run;

/// The opening of applications.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let day = date_null("opens_on");
        manager.alter_table(Table::alter().table("mission").add_column(day).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["ALTER TABLE mission DROP COLUMN opens_on"]).await
    }
}
