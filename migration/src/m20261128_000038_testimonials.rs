//! What volunteers say of the missions they came to.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, index, reference, run};

/// Testimonials.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    // One for each volunteer and mission.
    "CREATE UNIQUE INDEX testimonial_once ON testimonial (account_id, mission_id)",
    // What public pages ask for.
    "CREATE INDEX testimonial_of_mission ON testimonial (mission_id, online_at) WHERE online_at IS NOT NULL",
    "CREATE INDEX testimonial_of_organisation ON testimonial (organisation_id, online_at) WHERE online_at IS NOT NULL",
    "CREATE INDEX testimonial_of_town ON testimonial (municipality_id, online_at) WHERE online_at IS NOT NULL",
    "CREATE INDEX testimonial_desk ON testimonial (municipality_id, status, updated_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = create("testimonial");
        table
            .col(uuid("id"))
            .col(uuid("mission_id"))
            .col(uuid("account_id"))
            // Who answered for the volunteer's slots, and the town of the mission: neither changes afterwards.
            .col(uuid("organisation_id"))
            .col(uuid("municipality_id"))
            .col(text("status"))
            // Goes up with every act: whoever acts says which state they saw.
            .col(integer("version"))
            .col(text("body"))
            .col(text("signature"))
            .col(text_null("why_code"))
            .col(text_null("why_word"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .col(timestamp_with_time_zone_null("sent_at"))
            .col(text_null("online_body"))
            .col(text_null("online_signature"))
            .col(timestamp_with_time_zone_null("online_at"))
            .col(text_null("reply_status"))
            .col(text_null("reply_body"))
            .col(timestamp_with_time_zone_null("reply_at"))
            .col(uuid_null("reply_by"))
            .col(text_null("reply_why_code"))
            .col(text_null("reply_why_word"))
            .col(text_null("report"))
            .col(timestamp_with_time_zone_null("reported_at"))
            .col(uuid_null("reported_by"))
            .primary_key(Index::create().col("id"))
            .foreign_key(&mut reference("testimonial", "mission_id", "mission", "id"))
            .foreign_key(&mut reference("testimonial", "account_id", "account", "id"))
            .foreign_key(&mut reference("testimonial", "organisation_id", "organisation", "id"))
            .foreign_key(&mut reference("testimonial", "municipality_id", "municipality", "id"))
            .foreign_key(&mut reference("testimonial", "reply_by", "account", "id"))
            .foreign_key(&mut reference("testimonial", "reported_by", "account", "id"))
            .check(Expr::cust(
                "status IN ('draft', 'waiting', 'published', 'refused', 'taken_down', 'withdrawn') \
                 AND (status <> 'published' OR online_body IS NOT NULL) \
                 AND (status <> 'withdrawn' OR (body = '' AND online_body IS NULL))",
            ))
            .check(Expr::cust(
                "(online_body IS NULL) = (online_at IS NULL) AND (online_body IS NULL) = (online_signature IS NULL)",
            ))
            // What is said of a text goes with it.
            .check(Expr::cust("online_body IS NOT NULL OR (reply_status IS NULL AND report IS NULL)"))
            .check(Expr::cust(
                "(reply_status IS NULL) = (reply_body IS NULL) AND (reply_status IS NULL) = (reply_at IS NULL) \
                 AND (report IS NULL) = (reported_at IS NULL)",
            ));
        manager.create_table(table).await?;
        index(
            manager,
            "testimonial",
            &["mission_id", "account_id", "organisation_id", "municipality_id", "reply_by", "reported_by"],
        )
        .await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["testimonial"]).await
    }
}
