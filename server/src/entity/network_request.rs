//! The table `network_request`.

use sea_orm::entity::prelude::*;

/// A row of `network_request`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "network_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub review_id: Option<Uuid>,
    pub organisation_review_id: Option<Uuid>,
    pub municipality_id: Uuid,
    pub asked_by: Uuid,
    pub asked_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub note: String,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
