//! `equipment_count_line`.

use sea_orm::entity::prelude::*;

/// A row of `equipment_count_line`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "equipment_count_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub count_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub type_code: String,
    pub expected: i32,
    pub counted: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
