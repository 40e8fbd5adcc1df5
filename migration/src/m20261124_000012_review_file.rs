//! The review file: working days and letters about due times, who may host and for how long, requests item by item, and
//! what was decided on likely duplicates.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference, run};

/// The review file.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const COLUMNS: &[(&str, &str)] = &[
    // Monday is the first bit; 31 is Monday to Friday.
    ("municipality", "work_days integer NOT NULL DEFAULT 31 CHECK (work_days BETWEEN 1 AND 127)"),
    ("municipality", "reminder_hours integer NOT NULL DEFAULT 24 CHECK (reminder_hours BETWEEN 0 AND 720)"),
    ("municipality", "escalation_email text"),
    // What the system can tell about an item, if anything.
    (
        "checklist_item",
        "finding text CHECK (finding IN ('feasible', 'need', 'duplicates', 'safety', 'weekly_hours', 'host', 'equipment'))",
    ),
];

const FINDINGS: &[&str] = &[
    "UPDATE checklist_item SET finding = 'feasible' WHERE code = 'feasible'",
    "UPDATE checklist_item SET finding = 'need' WHERE code = 'useful'",
    "UPDATE checklist_item SET finding = 'duplicates' WHERE code = 'no-duplicate'",
    "UPDATE checklist_item SET finding = 'safety' WHERE code = 'safe'",
    "UPDATE checklist_item SET finding = 'weekly_hours' WHERE code = 'weekly-hours'",
    "UPDATE checklist_item SET finding = 'host' WHERE code = 'host-eligible'",
];

const INDEXES: &[&str] = &[
    // What the mornings' letters look for.
    "CREATE INDEX review_remind ON review (remind_at) WHERE remind_at IS NOT NULL",
    "CREATE INDEX review_escalate ON review (escalate_at) WHERE escalate_at IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in COLUMNS {
            run(manager, &[&format!("ALTER TABLE {table} ADD COLUMN {column}")]).await?;
        }
        for column in ["remind_at", "escalate_at"] {
            let add = Table::alter().table("review").add_column(timestamp_with_time_zone_null(column)).to_owned();
            manager.alter_table(add).await?;
        }
        run(manager, INDEXES).await?;
        run(manager, FINDINGS).await?;
        review_request(manager).await?;
        duplicate_verdict(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["duplicate_verdict", "review_request"]).await?;
        run(manager, &["DROP INDEX review_escalate", "DROP INDEX review_remind"]).await?;
        let columns = [
            ("review", "escalate_at"),
            ("review", "remind_at"),
            ("checklist_item", "finding"),
            ("municipality", "escalation_email"),
            ("municipality", "reminder_hours"),
            ("municipality", "work_days"),
        ];
        for (table, column) in columns {
            run(manager, &[&format!("ALTER TABLE {table} DROP COLUMN {column}")]).await?;
        }
        Ok(())
    }
}

/// What a coordinator asks the organisation to change, point by point, and what it answers.
async fn review_request(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("review_request");
    table
        .col(uuid("id"))
        .col(uuid("review_id"))
        .col(text_null("item_code"))
        .col(integer("position"))
        .col(text("body"))
        .col(text("answer").default(""))
        .col(uuid_null("answered_by"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("review_request", "review_id", "review", "id"))
        .foreign_key(&mut reference("review_request", "item_code", "checklist_item", "code"))
        .foreign_key(&mut reference("review_request", "answered_by", "account", "id"));
    manager.create_table(table).await?;
    index(manager, "review_request", &["review_id", "item_code", "answered_by"]).await
}

/// «Not a duplicate because…»: holds for a pair of missions as long as neither changes.
async fn duplicate_verdict(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("duplicate_verdict");
    table
        .col(uuid("first_id"))
        .col(uuid("second_id"))
        .col(uuid("municipality_id"))
        .col(text("first_hash"))
        .col(text("second_hash"))
        .col(text("reason"))
        .col(uuid("decided_by"))
        .col(timestamp_with_time_zone("decided_at"))
        .primary_key(Index::create().col("first_id").col("second_id"))
        .foreign_key(&mut reference("duplicate_verdict", "first_id", "mission", "id"))
        .foreign_key(&mut reference("duplicate_verdict", "second_id", "mission", "id"))
        .foreign_key(&mut reference("duplicate_verdict", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("duplicate_verdict", "decided_by", "account", "id"))
        .check(Expr::cust("first_id < second_id"));
    manager.create_table(table).await?;
    index(manager, "duplicate_verdict", &["first_id", "second_id", "municipality_id", "decided_by"]).await
}
