//! `equipment_movement`.

use sea_orm::entity::prelude::*;

/// A row of `equipment_movement`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "equipment_movement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub municipality_id: Uuid,
    pub depot_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub type_code: String,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub quantity: i32,
    pub on_hand_change: i32,
    pub reserved_change: i32,
    pub mission_id: Option<Uuid>,
    pub slot_id: Option<Uuid>,
    pub application_id: Option<Uuid>,
    pub volunteer_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub actor_id: Option<Uuid>,
    pub at: DateTimeUtc,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
