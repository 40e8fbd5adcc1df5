//! One row of what matters, as the server would write it.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{
        ConnectionTrait, DatabaseConnection, Value,
        prelude::{DateTimeUtc, Uuid},
    },
};

use crate::Checked;

/// Ids are small numbers here.
pub fn id(number: u128) -> Value {
    Uuid::from_u128(number).into()
}

/// An instant.
pub fn now() -> Value {
    DateTimeUtc::UNIX_EPOCH.into()
}

/// Inserts a row.
pub async fn insert(db: &DatabaseConnection, table: &'static str, row: &[(&'static str, Value)]) -> Result<(), DbErr> {
    let mut insert = Query::insert();
    insert.into_table(table).columns(row.iter().map(|(column, _)| *column));
    insert.values_panic(row.iter().map(|(_, value)| Expr::value(value.clone())));
    db.execute(&insert).await?;
    Ok(())
}

/// Account 1, municipality 2, organisation 3, mission 4, version 5, slot 6, application 7, history 8, review 9.
pub async fn fill(db: &DatabaseConnection) -> Checked {
    town(db).await?;
    mission(db).await?;
    application(db, 7, "accepted").await?;
    insert(db, "application_slot", &[("application_id", id(7)), ("slot_id", id(6))]).await?;
    let history = [
        ("id", id(8)),
        ("subject", "mission".into()),
        ("subject_id", id(4)),
        ("municipality_id", id(2)),
        ("actor_id", id(1)),
        ("at", now()),
        ("to_state", "draft".into()),
    ];
    insert(db, "history", &history).await?;
    review(db, 9, "waiting").await?;
    equipment(db).await
}

/// Depot 70 holds five masks, which came in as line 71 of the ledger.
async fn equipment(db: &DatabaseConnection) -> Checked {
    let depot = [
        ("id", id(70)),
        ("municipality_id", id(2)),
        ("name", "Mairie".into()),
        ("name_folded", "mairie".into()),
        ("address", "".into()),
        ("created_at", now()),
    ];
    insert(db, "depot", &depot).await?;
    let stock = [
        ("depot_id", id(70)),
        ("type_code", "surgical-mask".into()),
        ("municipality_id", id(2)),
        ("on_hand", 5.into()),
        ("reserved", 0.into()),
    ];
    insert(db, "equipment_stock", &stock).await?;
    Ok(movement(db, 71, "received", (5, 5, 0), None).await?)
}

/// A line of the ledger of equipment: its quantity, and what it does to what is on hand and to what is reserved.
pub async fn movement(
    db: &DatabaseConnection,
    number: u128,
    kind: &str,
    (quantity, on_hand, reserved): (i32, i32, i32),
    mission: Option<u128>,
) -> Result<(), DbErr> {
    let mut row = vec![
        ("id", id(number)),
        ("municipality_id", id(2)),
        ("depot_id", id(70)),
        ("type_code", "surgical-mask".into()),
        ("kind", kind.into()),
        ("quantity", quantity.into()),
        ("on_hand_change", on_hand.into()),
        ("reserved_change", reserved.into()),
        ("reason", "Il le faut".into()),
        ("at", now()),
    ];
    row.extend(mission.map(|mission| ("mission_id", id(mission))));
    insert(db, "equipment_movement", &row).await
}

async fn town(db: &DatabaseConnection) -> Checked {
    let account = [
        ("id", id(1)),
        ("email", "a@b.example".into()),
        ("given_name", "Ada".into()),
        ("family_name", "Test".into()),
        ("locale", "fr".into()),
        ("password_hash", "-".into()),
        ("created_at", now()),
    ];
    insert(db, "account", &account).await?;
    let municipality = [
        ("id", id(2)),
        ("insee", "2A004".into()),
        ("name", "Ajaccio".into()),
        ("slug", "ajaccio".into()),
        ("department", "2A".into()),
        ("postcodes", "20000".into()),
        ("population", 70_000.into()),
        ("service_name", "Vie associative".into()),
        ("opened_at", now()),
    ];
    insert(db, "municipality", &municipality).await?;
    let organisation = [
        ("id", id(3)),
        ("municipality_id", id(2)),
        ("name", "Ensemble".into()),
        ("name_folded", "ensemble".into()),
        ("slug", "ensemble".into()),
        ("legal_form", "association".into()),
        ("description", "".into()),
        ("status", "approved".into()),
        ("created_by", id(1)),
        ("created_at", now()),
        ("updated_at", now()),
    ];
    Ok(insert(db, "organisation", &organisation).await?)
}

async fn mission(db: &DatabaseConnection) -> Checked {
    let mission = [
        ("id", id(4)),
        ("organisation_id", id(3)),
        ("municipality_id", id(2)),
        ("status", "draft".into()),
        ("slug", "courses".into()),
        ("title", "Faire les courses".into()),
        ("goal", "".into()),
        ("domain_code", "neighbourhood".into()),
        ("remote", false.into()),
        ("open_to_minors", false.into()),
        ("choice", "at_once".into()),
        ("search_text", "cours voisin".into()),
        ("created_by", id(1)),
        ("created_at", now()),
        ("updated_at", now()),
    ];
    insert(db, "mission", &mission).await?;
    let version = [
        ("id", id(5)),
        ("mission_id", id(4)),
        ("number", 1.into()),
        ("status", "submitted".into()),
        ("content", "{}".into()),
        ("content_hash", "-".into()),
        ("author_id", id(1)),
        ("created_at", now()),
        ("updated_at", now()),
    ];
    insert(db, "mission_version", &version).await?;
    let slot = [
        ("id", id(6)),
        ("mission_id", id(4)),
        ("kind", "dated".into()),
        ("starts_at", now()),
        ("ends_at", now()),
        ("places", 2.into()),
    ];
    Ok(insert(db, "slot", &slot).await?)
}

/// An application of account 1 for mission 4.
pub async fn application(db: &DatabaseConnection, number: u128, status: &str) -> Result<(), DbErr> {
    let application = [
        ("id", id(number)),
        ("mission_id", id(4)),
        ("volunteer_id", id(1)),
        ("status", status.into()),
        ("safety_rules", "{}".into()),
        ("safety_acknowledged_at", now()),
        ("created_at", now()),
        ("updated_at", now()),
    ];
    insert(db, "application", &application).await
}

/// A review of version 5.
pub async fn review(db: &DatabaseConnection, number: u128, status: &str) -> Result<(), DbErr> {
    let review = [
        ("id", id(number)),
        ("mission_id", id(4)),
        ("mission_version_id", id(5)),
        ("municipality_id", id(2)),
        ("status", status.into()),
        ("content_hash", "-".into()),
        ("due_at", now()),
        ("created_at", now()),
    ];
    insert(db, "review", &review).await
}
