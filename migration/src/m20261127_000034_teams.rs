//! Teams of organisations: a role besides the admin's, and one role for each person of a team.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::tables::{create, index, reference, run};

/// Helpers of organisations.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

/// Where each role is held, from here on.
const ROLE_AND_PLACE: &str = "(role = 'network_admin' AND municipality_id IS NULL AND organisation_id IS NULL) \
     OR (role = 'coordinator' AND municipality_id IS NOT NULL AND organisation_id IS NULL) \
     OR (role IN ('organisation_admin', 'organisation_helper') \
     AND municipality_id IS NULL AND organisation_id IS NOT NULL)";
/// Where each role was held.
const BEFORE: &str = "(role = 'network_admin' AND municipality_id IS NULL AND organisation_id IS NULL) \
     OR (role = 'coordinator' AND municipality_id IS NOT NULL AND organisation_id IS NULL) \
     OR (role = 'organisation_admin' AND municipality_id IS NULL AND organisation_id IS NOT NULL)";

/// Nobody is twice in a team, in two roles.
const ONE_ROLE: &str =
    "CREATE UNIQUE INDEX role_grant_team ON role_grant (account_id, organisation_id) WHERE organisation_id IS NOT NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        allow(manager, ROLE_AND_PLACE).await?;
        run(manager, &[ONE_ROLE]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let helpers = &[
            "DROP INDEX role_grant_team",
            "DELETE FROM role_grant WHERE role = 'organisation_helper'",
            "DELETE FROM invitation WHERE role = 'organisation_helper'",
        ];
        run(manager, helpers).await?;
        allow(manager, BEFORE).await
    }
}

/// Says anew which role is held where. SQLite changes no constraint of a table: it is made anew, and copied.
async fn allow(manager: &SchemaManager<'_>, check: &'static str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        for table in ["role_grant", "invitation"] {
            let sql = format!(
                "ALTER TABLE {table} DROP CONSTRAINT {table}_check;
                 ALTER TABLE {table} ADD CONSTRAINT {table}_check CHECK ({check});"
            );
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        return Ok(());
    }
    role_grant(manager, check).await?;
    invitation(manager, check).await
}

/// Puts the rows of a table into the one that was made beside it, which takes its name.
async fn replace(manager: &SchemaManager<'_>, table: &str, columns: &str) -> Result<(), DbErr> {
    let sql = format!(
        "INSERT INTO {table}_anew ({columns}) SELECT {columns} FROM {table};
         DROP TABLE {table};
         ALTER TABLE {table}_anew RENAME TO {table};"
    );
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

async fn role_grant(manager: &SchemaManager<'_>, check: &'static str) -> Result<(), DbErr> {
    let mut table = create("role_grant_anew");
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
        .foreign_key(&mut reference("role_grant_anew", "account_id", "account", "id"))
        .foreign_key(&mut reference("role_grant_anew", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("role_grant_anew", "organisation_id", "organisation", "id"))
        .foreign_key(&mut reference("role_grant_anew", "granted_by", "account", "id"))
        .check(Expr::cust(check));
    manager.create_table(table).await?;
    let columns = "id, account_id, role, municipality_id, organisation_id, granted_by, granted_at, scope";
    replace(manager, "role_grant", columns).await?;
    run(manager, &["CREATE UNIQUE INDEX role_grant_once ON role_grant (account_id, role, scope)"]).await?;
    index(manager, "role_grant", &["account_id", "municipality_id", "organisation_id", "granted_by"]).await
}

async fn invitation(manager: &SchemaManager<'_>, check: &'static str) -> Result<(), DbErr> {
    let mut table = create("invitation_anew");
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
        .foreign_key(&mut reference("invitation_anew", "municipality_id", "municipality", "id"))
        .foreign_key(&mut reference("invitation_anew", "organisation_id", "organisation", "id"))
        .foreign_key(&mut reference("invitation_anew", "invited_by", "account", "id"))
        .foreign_key(&mut reference("invitation_anew", "accepted_by", "account", "id"))
        .check(Expr::cust(check));
    manager.create_table(table).await?;
    let columns = "id, token_hash, email, role, municipality_id, organisation_id, invited_by, created_at, expires_at, \
         accepted_at, accepted_by, revoked_at";
    replace(manager, "invitation", columns).await?;
    run(manager, &["CREATE INDEX invitation_email ON invitation (email)"]).await?;
    index(manager, "invitation", &["municipality_id", "organisation_id", "invited_by", "accepted_by"]).await
}
