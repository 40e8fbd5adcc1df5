//! What volunteers say of themselves, and the skills that they choose from.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference, seed};

/// Skills and profiles.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        skill(manager).await?;
        profile(manager).await?;
        seed(manager, "skill", include_str!("seeds/skills.json")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["volunteer_profile", "skill"]).await
    }
}

/// `domains` holds the codes of those in which it serves, apart by spaces.
async fn skill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("skill");
    table
        .col(text("code"))
        .col(text("domains"))
        .col(text("label_fr"))
        .col(text("label_en"))
        .col(integer("position"))
        .primary_key(Index::create().col("code"));
    manager.create_table(table).await
}

/// Lists are codes apart by spaces; the parts of the week are bits, Monday morning first.
async fn profile(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("volunteer_profile");
    table
        .col(uuid("account_id"))
        .col(text("skills"))
        .col(text("liked"))
        .col(text("means"))
        .col(integer("availability"))
        .col(integer_null("radius_km"))
        .col(uuid_null("neighbourhood_id"))
        .col(text("languages"))
        .col(boolean("remote"))
        .col(boolean("suggestions"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("account_id"))
        .foreign_key(&mut reference("volunteer_profile", "account_id", "volunteer", "account_id"))
        .foreign_key(&mut reference("volunteer_profile", "neighbourhood_id", "neighbourhood", "id"))
        .check(Expr::cust("availability BETWEEN 0 AND 2097151"))
        .check(Expr::cust("radius_km BETWEEN 1 AND 200"));
    manager.create_table(table).await?;
    index(manager, "volunteer_profile", &["neighbourhood_id"]).await
}
