//! `testimonial`.

use sea_orm::entity::prelude::*;

/// A row of `testimonial`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "testimonial")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub mission_id: Uuid,
    pub account_id: Uuid,
    pub organisation_id: Uuid,
    pub municipality_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    #[sea_orm(column_type = "Text")]
    pub signature: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub why_code: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub why_word: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub online_body: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub online_signature: Option<String>,
    pub online_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reply_status: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reply_body: Option<String>,
    pub reply_at: Option<DateTimeUtc>,
    pub reply_by: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reply_why_code: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reply_why_word: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub report: Option<String>,
    pub reported_at: Option<DateTimeUtc>,
    pub reported_by: Option<Uuid>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
