//! Whether a volunteer is reminded of slots.

use sea_orm_migration::{prelude::*, schema::*};

/// A tick of each volunteer: who does not want it is not reminded.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut reminders = Table::alter();
        reminders.table("volunteer").add_column(boolean("reminders").default(true));
        manager.alter_table(reminders).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut reminders = Table::alter();
        reminders.table("volunteer").drop_column("reminders");
        manager.alter_table(reminders).await
    }
}
