//! `equipment_type`.

use sea_orm::entity::prelude::*;

/// A row of `equipment_type`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "equipment_type")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub label_fr: String,
    #[sea_orm(column_type = "Text")]
    pub label_en: String,
    #[sea_orm(column_type = "Text")]
    pub unit_fr: String,
    #[sea_orm(column_type = "Text")]
    pub unit_en: String,
    pub single_use: bool,
    pub position: i32,
    pub enabled: bool,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
