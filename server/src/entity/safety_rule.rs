//! `safety_rule`.

use sea_orm::entity::prelude::*;

/// A row of `safety_rule`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "safety_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub domain_code: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub text_fr: String,
    #[sea_orm(column_type = "Text")]
    pub text_en: String,
    pub version: i32,
    pub position: i32,
    pub active: bool,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
