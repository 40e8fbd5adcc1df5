//! `equipment_stock`.

use sea_orm::entity::prelude::*;

/// A row of `equipment_stock`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "equipment_stock")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub depot_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub type_code: String,
    pub municipality_id: Uuid,
    pub on_hand: i32,
    pub reserved: i32,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
