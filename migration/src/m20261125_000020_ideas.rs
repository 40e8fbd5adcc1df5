//! Ideas: what an association writes to its town before it has an account, the exchange that follows, and its personal
//! links.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference, run};

/// Ideas and their exchanges.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE INDEX idea_queue ON idea (municipality_id, status, updated_at)",
    // What the housekeeping looks for.
    "CREATE INDEX idea_kept ON idea (ended_at) WHERE erased_at IS NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        idea(manager).await?;
        message(manager).await?;
        link(manager).await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["idea_link", "idea_message", "idea"]).await
    }
}

/// Who wrote (`contact_name`, `email`, `phone`) is erased some months after the end.
async fn idea(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("idea");
    table
        .col(uuid("id"))
        .col(uuid("municipality_id"))
        .col(text("status"))
        .col(text("association"))
        .col(text_null("contact_name"))
        .col(text_null("email"))
        .col(text_null("phone"))
        .col(text("locale"))
        .col(text("what"))
        .col(text("whom"))
        .col(text("place"))
        .col(text("moment"))
        .col(text_null("reason"))
        .col(uuid_null("organisation_id"))
        .col(uuid_null("mission_id"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(timestamp_with_time_zone_null("erased_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("idea", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("idea", "organisation_id", "organisation", "id"))
        .foreign_key(&mut reference("idea", "mission_id", "mission", "id"))
        .check(Expr::cust("status IN ('new', 'answered', 'turned_into_mission', 'closed')"))
        .check(Expr::cust("(status = 'turned_into_mission') = (mission_id IS NOT NULL)"))
        .check(Expr::cust("(erased_at IS NULL) = (email IS NOT NULL)"));
    manager.create_table(table).await?;
    index(manager, "idea", &["municipality_id", "organisation_id", "mission_id"]).await
}

/// Without an author, it is the association's.
async fn message(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("idea_message");
    table
        .col(uuid("id"))
        .col(uuid("idea_id"))
        .col(uuid_null("author_id"))
        .col(text("body"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("idea_message", "idea_id", "idea", "id"))
        .foreign_key(&mut reference("idea_message", "author_id", "account", "id"));
    manager.create_table(table).await?;
    index(manager, "idea_message", &["idea_id", "author_id"]).await
}

/// Each e-mail has a link of its own, kept as a hash: all of them lead to the exchange until it is erased.
async fn link(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("idea_link");
    table
        .col(text("token_hash"))
        .col(uuid("idea_id"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("token_hash"))
        .foreign_key(&mut reference("idea_link", "idea_id", "idea", "id"));
    manager.create_table(table).await?;
    index(manager, "idea_link", &["idea_id"]).await
}
