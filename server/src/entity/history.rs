//! `history`.

use sea_orm::entity::prelude::*;

/// A row of `history`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "history")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    pub subject_id: Uuid,
    pub municipality_id: Option<Uuid>,
    pub actor_id: Option<Uuid>,
    pub at: DateTimeUtc,
    #[sea_orm(column_type = "Text", nullable)]
    pub from_state: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub to_state: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
