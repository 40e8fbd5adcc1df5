//! `crisis_measures`.

use sea_orm::entity::prelude::*;

/// A row of `crisis_measures`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "crisis_measures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub municipality_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub first_day: Date,
    pub last_day: Date,
    #[sea_orm(column_type = "Text", nullable)]
    pub domains: Option<String>,
    pub remote_from_age: Option<i32>,
    pub largest_group: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub rules_fr: String,
    #[sea_orm(column_type = "Text")]
    pub rules_en: String,
    pub rules_version: i32,
    #[sea_orm(column_type = "Text")]
    pub banner_fr: String,
    #[sea_orm(column_type = "Text")]
    pub banner_en: String,
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub switched_on_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
