//! `handout`.

use sea_orm::entity::prelude::*;

/// A row of `handout`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "handout")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub mission_id: Uuid,
    pub slot_id: Uuid,
    pub application_id: Uuid,
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub lines: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub signature: Option<String>,
    pub signature_until: DateTimeUtc,
    pub recorded_by: Uuid,
    pub recorded_at: DateTimeUtc,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
