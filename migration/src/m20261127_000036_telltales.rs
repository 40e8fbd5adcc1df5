//! Words that tell of danger, of people in charge, of insurance and of what the civic reserve excludes: what the system reads in a mission for its reviewers.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, run, seed};

/// Words that tell of something.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

/// What can be found for an item: a column's check cannot be changed, so that the column is written anew.
fn findings(list: &str) -> [String; 6] {
    [
        "ALTER TABLE checklist_item ADD COLUMN found text".to_owned(),
        "UPDATE checklist_item SET found = finding".to_owned(),
        "ALTER TABLE checklist_item DROP COLUMN finding".to_owned(),
        format!("ALTER TABLE checklist_item ADD COLUMN finding text CHECK (finding IN ({list}))"),
        "UPDATE checklist_item SET finding = found".to_owned(),
        "ALTER TABLE checklist_item DROP COLUMN found".to_owned(),
    ]
}

const BEFORE: &str = "'feasible', 'need', 'duplicates', 'safety', 'weekly_hours', 'host', 'equipment'";

const NEW: &[&str] = &[
    "UPDATE checklist_item SET finding = 'insurance' WHERE code = 'insured'",
    "UPDATE checklist_item SET finding = 'interest' WHERE code = 'public-interest'",
    "UPDATE checklist_item SET finding = 'job' WHERE code = 'volunteer-work'",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = create("telltale");
        table
            .col(text("code"))
            .col(text("kind"))
            .col(text("label_fr"))
            .col(text("label_en"))
            .col(text("signs"))
            .col(integer("position"))
            .primary_key(Index::create().col("code"))
            .check(Expr::cust("kind IN ('danger', 'supervision', 'insurance', 'interest', 'job')"));
        manager.create_table(table).await?;
        seed(manager, "telltale", include_str!("seeds/telltales.json")).await?;
        for statement in findings(&format!("{BEFORE}, 'insurance', 'interest', 'job'")) {
            run(manager, &[&statement]).await?;
        }
        run(manager, NEW).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["UPDATE checklist_item SET finding = NULL WHERE finding IN ('insurance', 'interest', 'job')"])
            .await?;
        for statement in findings(BEFORE) {
            run(manager, &[&statement]).await?;
        }
        drop(manager, &["telltale"]).await
    }
}
