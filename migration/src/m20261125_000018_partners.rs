//! Partners: organisations that hold slots of another's mission, and answer their own applicants.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference, run};

/// Partners: organisations that hold slots of another's mission, and answer their own applicants.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

/// Who holds a slot, who answers an application: nothing where it is the mission's own organisation. No foreign keys:
/// SQLite cannot drop a column that has one, and `mission_partner` has it.
const COLUMNS: [&str; 2] = ["slot", "application"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in COLUMNS {
            let add = Table::alter().table(table).add_column(uuid_null("organisation_id")).to_owned();
            manager.alter_table(add).await?;
            index(manager, table, &["organisation_id"]).await?;
        }
        partner(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["mission_partner"]).await?;
        for table in COLUMNS {
            run(manager, &[&format!("DROP INDEX {table}_organisation_id")]).await?;
            run(manager, &[&format!("ALTER TABLE {table} DROP COLUMN organisation_id")]).await?;
        }
        Ok(())
    }
}

/// The way of accepting and the practical details are those of the mission that was joined.
async fn partner(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("mission_partner");
    table
        .col(uuid("mission_id"))
        .col(uuid("organisation_id"))
        .col(uuid("joined_mission_id"))
        .col(text("choice"))
        .col(text("practical").default(""))
        .col(text("reason"))
        .col(uuid("joined_by"))
        .col(timestamp_with_time_zone("joined_at"))
        .primary_key(Index::create().col("mission_id").col("organisation_id"))
        .foreign_key(&mut reference("mission_partner", "mission_id", "mission", "id"))
        .foreign_key(&mut reference("mission_partner", "organisation_id", "organisation", "id"))
        .foreign_key(&mut reference("mission_partner", "joined_mission_id", "mission", "id"))
        .foreign_key(&mut reference("mission_partner", "joined_by", "account", "id"))
        .check(Expr::cust("choice IN ('at_once', 'choose')"));
    manager.create_table(table).await?;
    index(manager, "mission_partner", &["mission_id", "organisation_id", "joined_mission_id", "joined_by"]).await
}
