//! What a new installation knows: domains, beneficiaries, activities, safety rules, checklists, templates.
//!
//! The texts are data, in `seeds/`; the network edits them afterwards in its own database: a row that is already there
//! is never overwritten, and going down removes nothing (the tables go with the migration that made them).

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, Value},
};
use serde_json::Value as Json;

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
        for (table, seed) in SEEDS {
            let rows: Vec<serde_json::Map<String, Json>> =
                serde_json::from_str(seed).map_err(|error| DbErr::Custom(format!("seeds of {table}: {error}")))?;
            for mut row in rows {
                if *table == "safety_rule" {
                    row.insert("active".to_owned(), Json::Bool(true));
                }
                let mut insert = Query::insert();
                insert.into_table(*table).columns(row.keys().map(Alias::new));
                insert.values_panic(row.into_iter().map(|(_, value)| Expr::value(database_value(value))));
                insert.on_conflict(OnConflict::new().do_nothing().to_owned());
                manager.get_connection().execute(&insert).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}

/// Objects are kept as JSON text.
fn database_value(value: Json) -> Value {
    match value {
        Json::Null => Value::String(None),
        Json::Bool(flag) => flag.into(),
        Json::Number(number) => number.as_i64().and_then(|n| n.try_into().ok()).unwrap_or(0_i32).into(),
        Json::String(text) => text.into(),
        object => object.to_string().into(),
    }
}
