//! Lists that the network edits.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference};

/// Lists that the network edits.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        domain(manager).await?;
        activity(manager).await?;
        beneficiary(manager).await?;
        mission_template(manager).await?;
        safety_rule(manager).await?;
        checklist_item(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["checklist_item", "safety_rule", "mission_template", "beneficiary", "activity", "domain"]).await
    }
}

async fn domain(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("domain");
    table
        .col(text("code"))
        .col(text("label_fr"))
        .col(text("label_en"))
        .col(text("hint_fr"))
        .col(text("hint_en"))
        .col(boolean("vital"))
        .col(boolean("enabled"))
        .col(integer("position"))
        .primary_key(Index::create().col("code"));
    manager.create_table(table).await?;
    Ok(())
}

async fn activity(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("activity");
    table
        .col(text("code"))
        .col(text("domain_code"))
        .col(text("label_fr"))
        .col(text("label_en"))
        .col(integer("position"))
        .primary_key(Index::create().col("code"))
        .foreign_key(&mut reference("activity", "domain_code", "domain", "code"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "activity", &["domain_code"]).await
}

async fn beneficiary(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("beneficiary");
    table
        .col(text("code"))
        .col(text("label_fr"))
        .col(text("label_en"))
        .col(integer("position"))
        .primary_key(Index::create().col("code"));
    manager.create_table(table).await?;
    Ok(())
}

async fn mission_template(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("mission_template");
    table
        .col(text("code"))
        .col(text("domain_code"))
        .col(text("label_fr"))
        .col(text("label_en"))
        .col(text("content_fr"))
        .col(text("content_en"))
        .col(integer("position"))
        .primary_key(Index::create().col("code"))
        .foreign_key(&mut reference("mission_template", "domain_code", "domain", "code"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "mission_template", &["domain_code"]).await
}

async fn safety_rule(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("safety_rule");
    table
        .col(text("code"))
        .col(text_null("domain_code"))
        .col(text("text_fr"))
        .col(text("text_en"))
        .col(integer("version"))
        .col(integer("position"))
        .col(boolean("active"))
        .primary_key(Index::create().col("code"))
        .foreign_key(&mut reference("safety_rule", "domain_code", "domain", "code"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "safety_rule", &["domain_code"]).await
}

async fn checklist_item(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("checklist_item");
    table
        .col(text("code"))
        .col(text_null("domain_code"))
        .col(text("label_fr"))
        .col(text("label_en"))
        .col(text("hint_fr"))
        .col(text("hint_en"))
        .col(boolean("mandatory"))
        .col(integer("position"))
        .primary_key(Index::create().col("code"))
        .foreign_key(&mut reference("checklist_item", "domain_code", "domain", "code"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "checklist_item", &["domain_code"]).await
}
