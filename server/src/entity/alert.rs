//! `alert`.

use sea_orm::entity::prelude::*;

/// A row of `alert`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "alert")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    #[sea_orm(column_type = "Text")]
    pub words: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub domain_code: Option<String>,
    pub municipality_id: Option<Uuid>,
    pub from_day: Option<Date>,
    pub remote: Option<bool>,
    #[sea_orm(column_type = "Text")]
    pub pace: String,
    pub looked_at: DateTimeUtc,
    pub told_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
