//! Asking for cover: who agreed to be asked, what organisations asked, and who was written to.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference};

/// A tick in the profile; what was asked; who was written to.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Nobody is asked who did not say so. The secret is kept as it is: each e-mail holds it, and all that it can do is to take
        // the tick away.
        let mut agreed = Table::alter();
        agreed.table("volunteer_profile").add_column(boolean("cover").default(false));
        manager.alter_table(agreed).await?;
        let mut secret = Table::alter();
        secret.table("volunteer_profile").add_column(text_null("cover_secret"));
        manager.alter_table(secret).await?;
        let mut once = Index::create();
        once.name("volunteer_profile_cover_secret").table("volunteer_profile").col("cover_secret").unique();
        manager.create_index(once).await?;
        request(manager).await?;
        letter(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["cover_letter", "cover_request"]).await?;
        let index = Index::drop().name("volunteer_profile_cover_secret").table("volunteer_profile").to_owned();
        manager.drop_index(index).await?;
        for column in ["cover_secret", "cover"] {
            let mut table = Table::alter();
            table.table("volunteer_profile").drop_column(column);
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

/// One person asks once a day for a slot: `day` is that of Paris.
async fn request(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("cover_request");
    table
        .col(uuid("id"))
        .col(uuid("slot_id"))
        .col(uuid("organisation_id"))
        .col(uuid("asked_by"))
        .col(date("day"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(text("word"))
        .col(integer("written"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("cover_request", "slot_id", "slot", "id"))
        .foreign_key(&mut reference("cover_request", "organisation_id", "organisation", "id"))
        .foreign_key(&mut reference("cover_request", "asked_by", "account", "id"))
        .check(Expr::cust("written BETWEEN 1 AND 20"));
    manager.create_table(table).await?;
    let mut once = Index::create();
    once.name("cover_request_once_a_day").table("cover_request").col("slot_id").col("asked_by").col("day").unique();
    manager.create_index(once).await?;
    index(manager, "cover_request", &["organisation_id", "asked_by"]).await
}

/// Nobody is written to twice for a slot: that is the key. Nor more than twice a month: `nth` counts the e-mails of a person in a
/// month (`202611`), and each number is there once.
async fn letter(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("cover_letter");
    table
        .col(uuid("slot_id"))
        .col(uuid("account_id"))
        .col(uuid("request_id"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(integer("month"))
        .col(integer("nth"))
        .primary_key(Index::create().col("slot_id").col("account_id"))
        .foreign_key(&mut reference("cover_letter", "slot_id", "slot", "id"))
        .foreign_key(&mut reference("cover_letter", "account_id", "volunteer", "account_id"))
        .foreign_key(&mut reference("cover_letter", "request_id", "cover_request", "id"))
        .check(Expr::cust("nth BETWEEN 1 AND 2"));
    manager.create_table(table).await?;
    let mut twice = Index::create();
    twice.name("cover_letter_twice_a_month").table("cover_letter").col("account_id").col("month").col("nth").unique();
    manager.create_index(twice).await?;
    index(manager, "cover_letter", &["request_id"]).await
}
