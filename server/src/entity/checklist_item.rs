//! `checklist_item`.

use sea_orm::entity::prelude::*;

/// A row of `checklist_item`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "checklist_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub domain_code: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub label_fr: String,
    #[sea_orm(column_type = "Text")]
    pub label_en: String,
    #[sea_orm(column_type = "Text")]
    pub hint_fr: String,
    #[sea_orm(column_type = "Text")]
    pub hint_en: String,
    pub mandatory: bool,
    pub position: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub finding: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub crisis: Option<String>,
    pub retired_at: Option<DateTimeUtc>,
    pub asked_since: Option<DateTimeUtc>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
