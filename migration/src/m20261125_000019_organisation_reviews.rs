//! The coordinators' file on each submission of an organisation: who has it, when it is due, its checklist, what was asked
//! and answered, and what was said of organisations that look the same.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference, run, seed};

/// The coordinators' file on each submission of an organisation.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    // One open file per organisation.
    "CREATE UNIQUE INDEX organisation_review_open ON organisation_review (organisation_id) \
     WHERE status IN ('waiting', 'in_review')",
    "CREATE INDEX organisation_review_queue ON organisation_review (municipality_id, status, due_at)",
    "CREATE INDEX organisation_review_remind ON organisation_review (remind_at) WHERE remind_at IS NOT NULL",
    "CREATE INDEX organisation_review_escalate ON organisation_review (escalate_at) WHERE escalate_at IS NOT NULL",
    // The same number in another town of the network.
    "CREATE INDEX organisation_rna ON organisation (rna) WHERE rna IS NOT NULL",
    "CREATE INDEX organisation_siret ON organisation (siret) WHERE siret IS NOT NULL",
];

/// What waits already gets its file, due at once: nobody had a delay to keep. Its id is the organisation's, which no other
/// row of this table has.
const WAITING: &str = "INSERT INTO organisation_review \
     (id, organisation_id, municipality_id, status, due_at, created_at) \
     SELECT id, id, municipality_id, 'waiting', updated_at, COALESCE(submitted_at, updated_at) \
     FROM organisation WHERE status = 'submitted'";

const SEEDS: &[(&str, &str)] = &[
    ("organisation_item", include_str!("seeds/organisation_items.json")),
    ("doubtful_word", include_str!("seeds/doubtful_words.json")),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        review(manager).await?;
        item(manager).await?;
        answer(manager).await?;
        request(manager).await?;
        verdict(manager).await?;
        doubtful_word(manager).await?;
        run(manager, INDEXES).await?;
        run(manager, &[WAITING]).await?;
        for (table, json) in SEEDS {
            seed(manager, table, json).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["DROP INDEX organisation_siret", "DROP INDEX organisation_rna"]).await?;
        drop(
            manager,
            &[
                "doubtful_word",
                "organisation_verdict",
                "organisation_request",
                "organisation_answer",
                "organisation_item",
                "organisation_review",
            ],
        )
        .await
    }
}

async fn review(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("organisation_review");
    table
        .col(uuid("id"))
        .col(uuid("organisation_id"))
        .col(uuid("municipality_id"))
        .col(text("status"))
        .col(timestamp_with_time_zone("due_at"))
        .col(timestamp_with_time_zone_null("remind_at"))
        .col(timestamp_with_time_zone_null("escalate_at"))
        .col(uuid_null("taken_by"))
        .col(timestamp_with_time_zone_null("taken_at"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("organisation_review", "organisation_id", "organisation", "id"))
        .foreign_key(&mut reference("organisation_review", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("organisation_review", "taken_by", "account", "id"))
        .foreign_key(&mut reference("organisation_review", "decided_by", "account", "id"))
        .check(Expr::cust("status IN ('waiting', 'in_review', 'green_light', 'changes_requested', 'refused')"));
    manager.create_table(table).await?;
    index(manager, "organisation_review", &["organisation_id", "municipality_id", "taken_by", "decided_by"]).await
}

/// The checklist: lines that the network edits, in both languages.
async fn item(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("organisation_item");
    table
        .col(text("code"))
        .col(text("label_fr"))
        .col(text("label_en"))
        .col(text("hint_fr"))
        .col(text("hint_en"))
        .col(boolean("mandatory"))
        .col(integer("position"))
        .col(text_null("finding"))
        .primary_key(Index::create().col("code"))
        .check(Expr::cust(
            "finding IN ('numbers', 'duplicates', 'worship', 'party', 'union', 'legal_form', 'contact')",
        ));
    manager.create_table(table).await
}

async fn answer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("organisation_answer");
    table
        .col(uuid("review_id"))
        .col(text("item_code"))
        .col(text("answer"))
        .col(text("note").default(""))
        .col(uuid("answered_by"))
        .col(timestamp_with_time_zone("answered_at"))
        .primary_key(Index::create().col("review_id").col("item_code"))
        .foreign_key(&mut reference("organisation_answer", "review_id", "organisation_review", "id"))
        .foreign_key(&mut reference("organisation_answer", "item_code", "organisation_item", "code"))
        .foreign_key(&mut reference("organisation_answer", "answered_by", "account", "id"))
        .check(Expr::cust("answer IN ('', 'yes', 'no', 'not_applicable')"));
    manager.create_table(table).await?;
    index(manager, "organisation_answer", &["item_code", "answered_by"]).await
}

async fn request(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("organisation_request");
    table
        .col(uuid("id"))
        .col(uuid("review_id"))
        .col(text("item_code"))
        .col(integer("position"))
        .col(text("body"))
        .col(text("answer").default(""))
        .col(uuid_null("answered_by"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("organisation_request", "review_id", "organisation_review", "id"))
        .foreign_key(&mut reference("organisation_request", "item_code", "organisation_item", "code"))
        .foreign_key(&mut reference("organisation_request", "answered_by", "account", "id"));
    manager.create_table(table).await?;
    index(manager, "organisation_request", &["review_id", "item_code", "answered_by"]).await
}

/// «Not the same because…»: holds for a pair as long as neither changes.
async fn verdict(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("organisation_verdict");
    table
        .col(uuid("first_id"))
        .col(uuid("second_id"))
        .col(uuid("municipality_id"))
        .col(text("first_hash"))
        .col(text("second_hash"))
        .col(text("reason"))
        .col(uuid("decided_by"))
        .col(timestamp_with_time_zone("decided_at"))
        .primary_key(Index::create().col("first_id").col("second_id"))
        .foreign_key(&mut reference("organisation_verdict", "first_id", "organisation", "id"))
        .foreign_key(&mut reference("organisation_verdict", "second_id", "organisation", "id"))
        .foreign_key(&mut reference("organisation_verdict", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("organisation_verdict", "decided_by", "account", "id"))
        .check(Expr::cust("first_id < second_id"));
    manager.create_table(table).await?;
    index(manager, "organisation_verdict", &["first_id", "second_id", "municipality_id", "decided_by"]).await
}

/// Words of a name that raise a question of eligibility; folded, and lines that the network edits.
async fn doubtful_word(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("doubtful_word");
    table
        .col(text("kind"))
        .col(text("word"))
        .primary_key(Index::create().col("kind").col("word"))
        .check(Expr::cust("kind IN ('worship', 'party', 'union')"));
    manager.create_table(table).await
}
