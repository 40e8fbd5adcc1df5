//! What equipment missions need, and what their volunteers are handed: templates say how much, the review's checklist is
//! told of the stock, and each handing-out is one row, with its signature while that is kept.

use std::collections::BTreeMap;

use sea_orm_migration::{prelude::*, schema::*};
use serde_json::Value as Json;

use crate::tables::{create, drop, index, reference, run};

/// What equipment missions need, and what their volunteers are handed.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

/// By template, what such a mission needs: for installations whose templates were written before.
const NEEDS: &str = include_str!("seeds/template_equipment.json");

const INDEXES: &[&str] = &[
    // An act of one person on one slot happens once, however often its button is pressed.
    "CREATE UNIQUE INDEX handout_number ON handout (slot_id, application_id, number)",
    // Signatures whose time is over.
    "CREATE INDEX handout_signature ON handout (signature_until) WHERE signature IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        handout(manager).await?;
        notice(manager).await?;
        run(manager, INDEXES).await?;
        run(manager, &["UPDATE checklist_item SET finding = 'equipment' WHERE code = 'equipped'"]).await?;
        templates(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What templates and the checklist have learnt is data: the version before reads past it.
        drop(manager, &["supply_notice", "handout"]).await
    }
}

/// Something handed to a volunteer on a slot, or taken back. The units are lines of `equipment_movement`; here is the act,
/// which may have been signed.
async fn handout(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("handout");
    table
        .col(uuid("id"))
        .col(uuid("mission_id"))
        .col(uuid("slot_id"))
        .col(uuid("application_id"))
        .col(integer("number"))
        .col(text("kind"))
        .col(text("lines"))
        .col(text_null("signature"))
        .col(timestamp_with_time_zone("signature_until"))
        .col(uuid("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("handout", "mission_id", "mission", "id"))
        .foreign_key(&mut reference("handout", "slot_id", "slot", "id"))
        .foreign_key(&mut reference("handout", "application_id", "application", "id"))
        .foreign_key(&mut reference("handout", "recorded_by", "account", "id"))
        .check(Expr::cust("number > 0"))
        .check(Expr::cust("kind IN ('handed_out', 'taken_back')"));
    manager.create_table(table).await?;
    index(manager, "handout", &["mission_id", "slot_id", "application_id", "recorded_by"]).await
}

/// When a town was last told of what will be short: once a morning, by whichever server is first.
async fn notice(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("supply_notice");
    table
        .col(uuid("municipality_id"))
        .col(timestamp_with_time_zone("told_at"))
        .primary_key(Index::create().col("municipality_id"))
        .foreign_key(&mut reference("supply_notice", "municipality_id", "municipality", "id"));
    manager.create_table(table).await?;
    Ok(())
}

/// Adds the needs to templates that say nothing of equipment; what the network wrote stays.
async fn templates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let unread = |error: serde_json::Error| DbErr::Custom(format!("mission_template: {error}"));
    let needs: BTreeMap<String, Json> = serde_json::from_str(NEEDS).map_err(unread)?;
    let db = manager.get_connection();
    for (code, equipment) in needs {
        let mut asked = Query::select();
        asked.columns(["content_fr", "content_en"]).from("mission_template").and_where(Expr::col("code").eq(&code));
        let Some(row) = db.query_one(&asked).await? else { continue };
        for column in ["content_fr", "content_en"] {
            let text: String = row.try_get("", column)?;
            let mut content: Json = serde_json::from_str(&text).map_err(unread)?;
            let Some(fields) = content.as_object_mut().filter(|fields| !fields.contains_key("equipment")) else {
                continue;
            };
            fields.insert("equipment".to_owned(), equipment.clone());
            let mut update = Query::update();
            update.table("mission_template").value(column, content.to_string()).and_where(Expr::col("code").eq(&code));
            db.execute(&update).await?;
        }
    }
    Ok(())
}
