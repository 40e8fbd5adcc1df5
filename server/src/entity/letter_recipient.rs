//! `letter_recipient`.

use sea_orm::entity::prelude::*;

/// A row of `letter_recipient`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "letter_recipient")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub letter_id: Uuid,
    pub entry_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub reminder_hash: Option<String>,
    pub outbox_id: Uuid,
    pub opened_at: Option<DateTimeUtc>,
    pub bounced_at: Option<DateTimeUtc>,
    pub organisation_id: Option<Uuid>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
