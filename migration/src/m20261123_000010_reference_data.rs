//! What a new installation knows: domains, beneficiaries, activities, safety rules, checklists, templates.
//!
//! The texts are data, in `seeds/`; the network edits them afterwards in its own database: a row that is already there
//! is never overwritten, and going down removes nothing (the tables go with the migration that made them).

use sea_orm_migration::prelude::*;

use crate::tables::seed;

/// The reference data.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const SEEDS: &[(&str, &str)] = &[
    ("domain", include_str!("seeds/domains.json")),
    ("beneficiary", include_str!("seeds/beneficiaries.json")),
    ("activity", include_str!("seeds/activities.json")),
    ("safety_rule", include_str!("seeds/safety_rules.json")),
    ("checklist_item", include_str!("seeds/checklist_items.json")),
    ("mission_template", include_str!("seeds/mission_templates.json")),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, json) in SEEDS {
            seed(manager, table, json).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
