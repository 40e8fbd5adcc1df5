//! Protective equipment: its types, the depots of a town, what they hold, and the ledger that says why.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{append_only, create, drop, forget_append_only, index, reference, run, seed};

/// Protective equipment: its types, the depots of a town, what they hold, and the ledger that says why.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    // Two open depots of a town are told apart by their names.
    "CREATE UNIQUE INDEX depot_open_name ON depot (municipality_id, name_folded) WHERE closed_at IS NULL",
    // The ledger as it is read: newest first.
    "CREATE INDEX equipment_movement_town ON equipment_movement (municipality_id, at)",
    // What of a mission's equipment is reserved, and what is with its volunteers.
    "CREATE INDEX equipment_movement_mission ON equipment_movement (mission_id, type_code)",
];

/// What each kind does to what a depot has on hand and to what of it is reserved. `domain::equipment::effect` says the same;
/// the database refuses anything else, so that a balance is always the sum of its ledger.
const EFFECTS: &str = "\
    (kind IN ('received', 'returned') AND on_hand_change = quantity AND reserved_change = 0) \
    OR (kind = 'corrected' AND on_hand_change = quantity AND reserved_change = 0) \
    OR (kind = 'reserved' AND on_hand_change = 0 AND reserved_change = quantity) \
    OR (kind = 'released' AND on_hand_change = 0 AND reserved_change = -quantity) \
    OR (kind = 'issued' AND on_hand_change = -quantity AND reserved_change BETWEEN -quantity AND 0) \
    OR (kind = 'lost' AND mission_id IS NULL AND on_hand_change = -quantity AND reserved_change = 0) \
    OR (kind = 'lost' AND mission_id IS NOT NULL AND on_hand_change = 0 AND reserved_change = 0)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        equipment_type(manager).await?;
        depot(manager).await?;
        stock(manager).await?;
        level(manager).await?;
        movement(manager).await?;
        count(manager).await?;
        count_line(manager).await?;
        import(manager).await?;
        run(manager, INDEXES).await?;
        append_only(manager, "equipment_movement").await?;
        seed(manager, "equipment_type", include_str!("seeds/equipment_types.json")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "equipment_import",
            "equipment_count_line",
            "equipment_count",
            "equipment_movement",
            "equipment_level",
            "equipment_stock",
            "depot",
            "equipment_type",
        ];
        drop(manager, &tables).await?;
        forget_append_only(manager, "equipment_movement").await
    }
}

/// A list that the network edits.
async fn equipment_type(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("equipment_type");
    table
        .col(text("code"))
        .col(text("label_fr"))
        .col(text("label_en"))
        .col(text("unit_fr"))
        .col(text("unit_en"))
        .col(boolean("single_use"))
        .col(integer("position"))
        .col(boolean("enabled"))
        .primary_key(Index::create().col("code"));
    manager.create_table(table).await?;
    Ok(())
}

async fn depot(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("depot");
    table
        .col(uuid("id"))
        .col(uuid("municipality_id"))
        .col(text("name"))
        .col(text("name_folded"))
        .col(text("address"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("depot", "municipality_id", "municipality", "id"));
    manager.create_table(table).await?;
    index(manager, "depot", &["municipality_id"]).await
}

/// The balance: changed by conditional writes, in the transaction of the movement that changes it.
async fn stock(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("equipment_stock");
    table
        .col(uuid("depot_id"))
        .col(text("type_code"))
        .col(uuid("municipality_id"))
        .col(integer("on_hand").default(0))
        .col(integer("reserved").default(0))
        .primary_key(Index::create().col("depot_id").col("type_code"))
        .foreign_key(&mut reference("equipment_stock", "depot_id", "depot", "id"))
        .foreign_key(&mut reference("equipment_stock", "type_code", "equipment_type", "code"))
        .foreign_key(&mut reference("equipment_stock", "municipality_id", "municipality", "id"))
        .check(Expr::cust("on_hand >= 0"))
        .check(Expr::cust("reserved >= 0"))
        .check(Expr::cust("reserved <= on_hand"));
    manager.create_table(table).await?;
    index(manager, "equipment_stock", &["municipality_id", "type_code"]).await
}

/// Under how many free units a town wants to be told, 0 for never; `told_at` while it was and they have not come back.
/// Every movement of a type in a town locks its row: two at a time cannot both think that enough is left.
async fn level(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("equipment_level");
    table
        .col(uuid("municipality_id"))
        .col(text("type_code"))
        .col(integer("reorder_level").default(0))
        .col(timestamp_with_time_zone_null("told_at"))
        .primary_key(Index::create().col("municipality_id").col("type_code"))
        .foreign_key(&mut reference("equipment_level", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("equipment_level", "type_code", "equipment_type", "code"))
        .check(Expr::cust("reorder_level >= 0"));
    manager.create_table(table).await?;
    index(manager, "equipment_level", &["type_code"]).await
}

/// The ledger. Slot, application and people are no foreign keys: its lines outlive them, and no `ON DELETE` may touch them.
async fn movement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("equipment_movement");
    table
        .col(uuid("id"))
        .col(uuid("municipality_id"))
        .col(uuid("depot_id"))
        .col(text("type_code"))
        .col(text("kind"))
        .col(integer("quantity"))
        .col(integer("on_hand_change"))
        .col(integer("reserved_change"))
        .col(uuid_null("mission_id"))
        .col(uuid_null("slot_id"))
        .col(uuid_null("application_id"))
        .col(uuid_null("volunteer_id"))
        .col(text_null("reason"))
        .col(uuid_null("actor_id"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("equipment_movement", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("equipment_movement", "depot_id", "depot", "id"))
        .foreign_key(&mut reference("equipment_movement", "type_code", "equipment_type", "code"))
        .foreign_key(&mut reference("equipment_movement", "mission_id", "mission", "id"))
        .check(Expr::cust("kind IN ('received', 'reserved', 'released', 'issued', 'returned', 'lost', 'corrected')"))
        .check(Expr::cust("quantity > 0 OR (kind = 'corrected' AND quantity <> 0)"))
        .check(Expr::cust("mission_id IS NOT NULL OR kind IN ('received', 'lost', 'corrected')"))
        .check(Expr::cust("mission_id IS NULL OR kind NOT IN ('received', 'corrected')"))
        .check(Expr::cust(
            "mission_id IS NOT NULL OR (slot_id IS NULL AND application_id IS NULL AND volunteer_id IS NULL)",
        ))
        .check(Expr::cust("reason IS NOT NULL OR mission_id IS NOT NULL OR kind = 'received'"))
        .check(Expr::cust(EFFECTS));
    manager.create_table(table).await?;
    let columns = ["depot_id", "type_code", "slot_id", "application_id", "volunteer_id"];
    index(manager, "equipment_movement", &columns).await
}

/// An inventory count of a depot; what it found different is in the ledger, as corrections.
async fn count(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("equipment_count");
    table
        .col(uuid("id"))
        .col(uuid("municipality_id"))
        .col(uuid("depot_id"))
        .col(uuid("started_by"))
        .col(timestamp_with_time_zone("at"))
        .col(text("note"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("equipment_count", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("equipment_count", "depot_id", "depot", "id"))
        .foreign_key(&mut reference("equipment_count", "started_by", "account", "id"));
    manager.create_table(table).await?;
    index(manager, "equipment_count", &["municipality_id", "depot_id", "started_by"]).await
}

async fn count_line(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("equipment_count_line");
    table
        .col(uuid("count_id"))
        .col(text("type_code"))
        .col(integer("expected"))
        .col(integer("counted"))
        .col(text_null("reason"))
        .primary_key(Index::create().col("count_id").col("type_code"))
        .foreign_key(&mut reference("equipment_count_line", "count_id", "equipment_count", "id"))
        .foreign_key(&mut reference("equipment_count_line", "type_code", "equipment_type", "code"))
        .check(Expr::cust("expected >= 0 AND counted >= 0"))
        .check(Expr::cust("reason IS NOT NULL OR expected = counted"));
    manager.create_table(table).await?;
    index(manager, "equipment_count_line", &["type_code"]).await
}

/// A table of deliveries that waits to be looked at.
async fn import(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("equipment_import");
    table
        .col(uuid("id"))
        .col(uuid("municipality_id"))
        .col(uuid("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(text("reason"))
        .col(text("body"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("equipment_import", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("equipment_import", "created_by", "account", "id"));
    manager.create_table(table).await?;
    index(manager, "equipment_import", &["municipality_id", "created_by"]).await
}
