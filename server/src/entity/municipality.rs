//! `municipality`.

use sea_orm::entity::prelude::*;

/// A row of `municipality`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "municipality")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub insee: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub department: String,
    #[sea_orm(column_type = "Text")]
    pub postcodes: String,
    pub population: i32,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    #[sea_orm(column_type = "Text")]
    pub service_name: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub service_email: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub service_phone: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub opening_days: Option<String>,
    pub review_hours: i32,
    pub self_review_allowed: bool,
    pub work_days: i32,
    pub reminder_hours: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub escalation_email: Option<String>,
    pub opened_at: DateTimeUtc,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
