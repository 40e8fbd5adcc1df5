//! `organisation_verdict`.

use sea_orm::entity::prelude::*;

/// A row of `organisation_verdict`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_verdict")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub second_id: Uuid,
    pub municipality_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub first_hash: String,
    #[sea_orm(column_type = "Text")]
    pub second_hash: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub decided_by: Uuid,
    pub decided_at: DateTimeUtc,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
