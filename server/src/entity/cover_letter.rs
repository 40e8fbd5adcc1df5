//! `cover_letter`.

use sea_orm::entity::prelude::*;

/// A row of `cover_letter`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cover_letter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    pub request_id: Uuid,
    pub asked_at: DateTimeUtc,
    pub month: i32,
    pub nth: i32,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
