//! `mission_partner`.

use sea_orm::entity::prelude::*;

/// A row of `mission_partner`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mission_partner")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub mission_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    pub joined_mission_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub choice: String,
    #[sea_orm(column_type = "Text")]
    pub practical: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub joined_by: Uuid,
    pub joined_at: DateTimeUtc,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
