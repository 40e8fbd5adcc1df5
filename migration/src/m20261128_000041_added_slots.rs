//! Slots that are added beside a live application, where they cannot share its state.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::run;

/// What stands beside an application.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let added = boolean("added").default(false).take();
        manager.alter_table(Table::alter().table("application").add_column(added).to_owned()).await?;
        run(
            manager,
            &[
                "DROP INDEX application_live",
                "CREATE UNIQUE INDEX application_live ON application (mission_id, volunteer_id) WHERE status IN ('pending', 'accepted', 'waitlisted', 'offered') AND NOT added",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                // One live application is left to each, as before; what stood beside it is taken back, with its places.
                "UPDATE slot SET taken = taken - (SELECT COUNT(*) FROM application_slot AS link JOIN application AS beside ON beside.id = link.application_id WHERE link.slot_id = slot.id AND beside.added AND beside.status IN ('accepted', 'offered'))",
                "UPDATE application SET status = 'withdrawn' WHERE added AND status IN ('pending', 'accepted', 'waitlisted', 'offered')",
                "DROP INDEX application_live",
                "CREATE UNIQUE INDEX application_live ON application (mission_id, volunteer_id) WHERE status IN ('pending', 'accepted', 'waitlisted', 'offered')",
                "ALTER TABLE application DROP COLUMN added",
            ],
        )
        .await
    }
}
