//! `crisis_suspension`.

use sea_orm::entity::prelude::*;

/// A row of `crisis_suspension`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "crisis_suspension")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub measures_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub mission_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub from_state: String,
    pub suspended_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub outcome: Option<String>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
