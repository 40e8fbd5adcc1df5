//! The table `attendance`.

use sea_orm::entity::prelude::*;

/// A row of `attendance`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub mark: String,
    pub minutes: i32,
    pub version: i32,
    pub marked_by: Uuid,
    pub marked_at: DateTimeUtc,
    pub validated_by: Option<Uuid>,
    pub validated_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub thanks: Option<String>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
