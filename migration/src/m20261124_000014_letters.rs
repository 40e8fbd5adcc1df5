//! Letters to associations: the directory of a town, what waits to be imported into it, letters and their readers.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference};

/// Letters to associations: the directory of a town, what waits to be imported into it, letters and their readers.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX directory_entry_once ON directory_entry (municipality_id, email)",
    "CREATE INDEX directory_entry_name ON directory_entry (municipality_id, name_folded)",
    // Never twice to the same association.
    "CREATE UNIQUE INDEX letter_recipient_once ON letter_recipient (letter_id, entry_id)",
    "CREATE INDEX letter_recipient_reminder ON letter_recipient (reminder_hash)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        directory(manager).await?;
        import(manager).await?;
        letter(manager).await?;
        recipient(manager).await?;
        crate::tables::run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["letter_recipient", "association_letter", "directory_import", "directory_entry"]).await
    }
}

async fn directory(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("directory_entry");
    table
        .col(uuid("id"))
        .col(uuid("municipality_id"))
        .col(text("name"))
        .col(text("name_folded"))
        .col(text("email"))
        .col(text_null("rna"))
        .col(text_null("siret"))
        .col(text("activity"))
        .col(text("town"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("stopped_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("directory_entry", "municipality_id", "municipality", "id"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "directory_entry", &["municipality_id"]).await
}

async fn import(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("directory_import");
    table
        .col(uuid("id"))
        .col(uuid("municipality_id"))
        .col(uuid("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(text("body"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("directory_import", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("directory_import", "created_by", "account", "id"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "directory_import", &["municipality_id", "created_by"]).await
}

async fn letter(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("association_letter");
    table
        .col(uuid("id"))
        .col(uuid("municipality_id"))
        .col(text("subject"))
        .col(text("body"))
        .col(text("status"))
        .col(uuid("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("sent_at"))
        .col(timestamp_with_time_zone_null("reminded_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("association_letter", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("association_letter", "created_by", "account", "id"))
        .check(Expr::cust("status IN ('draft', 'sent', 'reminded')"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "association_letter", &["municipality_id", "created_by"]).await
}

/// `outbox_id` is no foreign key: the outbox forgets what left long ago. An association that leaves the directory leaves
/// its line here without a name.
async fn recipient(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("letter_recipient");
    table
        .col(uuid("id"))
        .col(uuid("letter_id"))
        .col(uuid_null("entry_id"))
        .col(text("token_hash").unique_key())
        .col(text_null("reminder_hash"))
        .col(uuid("outbox_id"))
        .col(timestamp_with_time_zone_null("opened_at"))
        .col(timestamp_with_time_zone_null("bounced_at"))
        .col(uuid_null("organisation_id"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("letter_recipient", "letter_id", "association_letter", "id"))
        .foreign_key(&mut reference("letter_recipient", "entry_id", "directory_entry", "id"))
        .foreign_key(&mut reference("letter_recipient", "organisation_id", "organisation", "id"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "letter_recipient", &["letter_id", "entry_id", "organisation_id", "outbox_id"]).await
}
