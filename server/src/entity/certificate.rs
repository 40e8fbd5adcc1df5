//! The table `certificate`.

use sea_orm::entity::prelude::*;

/// A row of `certificate`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub number: String,
    pub account_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub first_day: Date,
    pub last_day: Date,
    pub minutes: i32,
    #[sea_orm(column_type = "Text")]
    pub missions: String,
    pub issued_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
