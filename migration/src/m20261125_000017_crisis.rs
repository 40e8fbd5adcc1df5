//! Crisis measures, what they suspended, and who has acknowledged their rules.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference, run, seed};

/// Crisis measures, what they suspended, and who has acknowledged their rules.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    // What every page asks: the few that are switched on.
    "CREATE INDEX crisis_measures_on ON crisis_measures (first_day) WHERE status IN ('scheduled', 'in_force')",
    // What is offline and not given back yet.
    "CREATE INDEX crisis_suspension_open ON crisis_suspension (mission_id) WHERE ended_at IS NULL",
];

const ITEMS: &str = include_str!("seeds/crisis_checklist_items.json");

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        measures(manager).await?;
        suspension(manager).await?;
        acknowledgement(manager).await?;
        run(manager, INDEXES).await?;
        // An item with a word here is asked only while measures hold; the word says what the system can tell about it.
        let column = "crisis text CHECK (crisis IN ('rules', 'domain', 'group'))";
        run(manager, &[&format!("ALTER TABLE checklist_item ADD COLUMN {column}")]).await?;
        seed(manager, "checklist_item", ITEMS).await
    }

    /// The items go as well: without their column they would be asked of every mission.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["crisis_acknowledgement", "crisis_suspension", "crisis_measures"]).await?;
        let asked = "(SELECT code FROM checklist_item WHERE crisis IS NOT NULL)";
        run(
            manager,
            &[
                &format!("DELETE FROM review_answer WHERE item_code IN {asked}"),
                &format!("UPDATE review_request SET item_code = NULL WHERE item_code IN {asked}"),
                "DELETE FROM checklist_item WHERE crisis IS NOT NULL",
                "ALTER TABLE checklist_item DROP COLUMN crisis",
            ],
        )
        .await
    }
}

/// Without a municipality they are the network's.
async fn measures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("crisis_measures");
    table
        .col(uuid("id"))
        .col(uuid_null("municipality_id"))
        .col(text("status"))
        .col(text("title"))
        .col(date("first_day"))
        .col(date("last_day"))
        // Codes with spaces between them; NULL lets every domain go on.
        .col(text_null("domains"))
        .col(integer_null("remote_from_age"))
        .col(integer_null("largest_group"))
        .col(text("rules_fr"))
        .col(text("rules_en"))
        .col(integer("rules_version").default(1))
        .col(text("banner_fr"))
        .col(text("banner_en"))
        .col(uuid("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("switched_on_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("crisis_measures", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("crisis_measures", "created_by", "account", "id"))
        .check(Expr::cust("status IN ('draft', 'scheduled', 'in_force', 'lifted', 'ended')"))
        .check(Expr::cust("last_day >= first_day"))
        .check(Expr::cust("remote_from_age BETWEEN 18 AND 120"))
        .check(Expr::cust("largest_group BETWEEN 1 AND 500"))
        .check(Expr::cust("rules_version >= 1"));
    manager.create_table(table).await?;
    index(manager, "crisis_measures", &["municipality_id", "created_by"]).await
}

/// Which missions measures suspended, and from which state. A mission that other measures still forbid is handed over to
/// them; one whose organisation is suspended waits for it.
async fn suspension(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("crisis_suspension");
    table
        .col(uuid("measures_id"))
        .col(uuid("mission_id"))
        .col(text("from_state"))
        .col(timestamp_with_time_zone("suspended_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(text_null("outcome"))
        .primary_key(Index::create().col("measures_id").col("mission_id"))
        .foreign_key(&mut reference("crisis_suspension", "measures_id", "crisis_measures", "id"))
        .foreign_key(&mut reference("crisis_suspension", "mission_id", "mission", "id"))
        .check(Expr::cust("from_state = 'published'"))
        .check(Expr::cust("outcome IN ('given_back', 'handed_over', 'over')"))
        .check(Expr::cust("(ended_at IS NULL) = (outcome IS NULL)"));
    manager.create_table(table).await?;
    index(manager, "crisis_suspension", &["measures_id", "mission_id"]).await
}

async fn acknowledgement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("crisis_acknowledgement");
    table
        .col(uuid("measures_id"))
        .col(uuid("volunteer_id"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("acknowledged_at"))
        .primary_key(Index::create().col("measures_id").col("volunteer_id").col("version"))
        .foreign_key(&mut reference("crisis_acknowledgement", "measures_id", "crisis_measures", "id"))
        .foreign_key(&mut reference("crisis_acknowledgement", "volunteer_id", "account", "id"));
    manager.create_table(table).await?;
    index(manager, "crisis_acknowledgement", &["measures_id", "volunteer_id"]).await
}
