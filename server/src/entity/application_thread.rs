//! `application_thread`.

use sea_orm::entity::prelude::*;

/// A row of `application_thread`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "application_thread")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Uuid,
    pub volunteer_wrote_at: Option<DateTimeUtc>,
    pub volunteer_read_at: Option<DateTimeUtc>,
    pub volunteer_told_at: Option<DateTimeUtc>,
    pub organisation_wrote_at: Option<DateTimeUtc>,
    pub organisation_read_at: Option<DateTimeUtc>,
    pub organisation_told_at: Option<DateTimeUtc>,
}

/// To other tables: joins are written where they are asked.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
