//! Organisations, roles held, invitations.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{create, drop, reference};

/// Organisations, roles held, invitations.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX role_grant_once ON role_grant (account_id, role, scope)",
    "CREATE INDEX organisation_queue ON organisation (municipality_id, status)",
    "CREATE INDEX organisation_name ON organisation (municipality_id, name_folded)",
    "CREATE INDEX invitation_email ON invitation (email)",
];

/// Each role is held somewhere: in the network, in a municipality, in an organisation.
const ROLE_AND_PLACE: &str = "(role = 'network_admin' AND municipality_id IS NULL AND organisation_id IS NULL) \
     OR (role = 'coordinator' AND municipality_id IS NOT NULL AND organisation_id IS NULL) \
     OR (role = 'organisation_admin' AND municipality_id IS NULL AND organisation_id IS NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        organisation(manager).await?;
        role_grant(manager).await?;
        invitation(manager).await?;
        crate::tables::run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["invitation", "role_grant", "organisation"]).await
    }
}

async fn organisation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("organisation");
    table
        .col(uuid("id"))
        .col(uuid("municipality_id"))
        .col(text("name"))
        .col(text("name_folded"))
        .col(text("slug"))
        .col(text("legal_form"))
        .col(text_null("rna"))
        .col(text_null("siret"))
        .col(text("description"))
        .col(text_null("email"))
        .col(text_null("phone"))
        .col(text_null("website"))
        .col(text_null("address"))
        .col(text("status"))
        .col(uuid("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(uuid_null("decided_by"))
        .col(text_null("decision_reason"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("organisation", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("organisation", "created_by", "account", "id"))
        .foreign_key(&mut reference("organisation", "decided_by", "account", "id"))
        .check(Expr::cust("legal_form IN ('association', 'town_hall', 'ccas', 'public_body', 'other')"))
        .check(Expr::cust("status IN ('draft', 'submitted', 'changes_requested', 'approved', 'refused', 'suspended')"));
    manager.create_table(table).await?;
    crate::tables::index(manager, "organisation", &["municipality_id", "created_by", "decided_by"]).await
}

async fn role_grant(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("role_grant");
    table
        .col(uuid("id"))
        .col(uuid("account_id"))
        .col(text("role"))
        .col(uuid_null("municipality_id"))
        .col(uuid_null("organisation_id"))
        .col(uuid_null("granted_by"))
        .col(timestamp_with_time_zone("granted_at"))
        .col(text("scope").default(""))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("role_grant", "account_id", "account", "id"))
        .foreign_key(&mut reference("role_grant", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("role_grant", "organisation_id", "organisation", "id"))
        .foreign_key(&mut reference("role_grant", "granted_by", "account", "id"))
        .check(Expr::cust(ROLE_AND_PLACE));
    manager.create_table(table).await?;
    let foreign_keys = &["account_id", "municipality_id", "organisation_id", "granted_by"];
    crate::tables::index(manager, "role_grant", foreign_keys).await
}

async fn invitation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = create("invitation");
    table
        .col(uuid("id"))
        .col(text("token_hash").unique_key())
        .col(text("email"))
        .col(text("role"))
        .col(uuid_null("municipality_id"))
        .col(uuid_null("organisation_id"))
        .col(uuid("invited_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("accepted_at"))
        .col(uuid_null("accepted_by"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference("invitation", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("invitation", "organisation_id", "organisation", "id"))
        .foreign_key(&mut reference("invitation", "invited_by", "account", "id"))
        .foreign_key(&mut reference("invitation", "accepted_by", "account", "id"))
        .check(Expr::cust(ROLE_AND_PLACE));
    manager.create_table(table).await?;
    let foreign_keys = &["municipality_id", "organisation_id", "invited_by", "accepted_by"];
    crate::tables::index(manager, "invitation", foreign_keys).await
}
