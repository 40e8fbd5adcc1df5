//! `volunteer_profile`.

use sea_orm::entity::prelude::*;

/// A row of `volunteer_profile`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "volunteer_profile")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub skills: String,
    #[sea_orm(column_type = "Text")]
    pub liked: String,
    #[sea_orm(column_type = "Text")]
    pub means: String,
    pub availability: i32,
    pub radius_km: Option<i32>,
    pub neighbourhood_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub languages: String,
    pub remote: bool,
    pub suggestions: bool,
    pub updated_at: DateTimeUtc,
    pub cover: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub cover_secret: Option<String>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
