//! `domain`.

use sea_orm::entity::prelude::*;

/// A row of `domain`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "domain")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub label_fr: String,
    #[sea_orm(column_type = "Text")]
    pub label_en: String,
    #[sea_orm(column_type = "Text")]
    pub hint_fr: String,
    #[sea_orm(column_type = "Text")]
    pub hint_en: String,
    pub vital: bool,
    pub enabled: bool,
    pub position: i32,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
