//! `cover_request`.

use sea_orm::entity::prelude::*;

/// A row of `cover_request`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cover_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slot_id: Uuid,
    pub organisation_id: Uuid,
    pub asked_by: Uuid,
    pub day: Date,
    pub asked_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub word: String,
    pub written: i32,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
