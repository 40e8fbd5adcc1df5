//! A fresh database of each engine.

use std::sync::atomic::{AtomicU32, Ordering};

use migration::{Migrator, MigratorTrait};
use sea_orm_migration::sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr};

use crate::Checked;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Runs a check on an empty database of each engine.
pub async fn on_empty(check: impl AsyncFn(&DatabaseConnection) -> Checked) -> Checked {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
    let db = connect(url).await?;
    check(&db).await?;
    db.close().await?;

    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else { return Ok(()) };
    let name = format!("renfort_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = connect(server.clone()).await?;
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
    let (address, _) = server.rsplit_once('/').ok_or("TEST_POSTGRES_URL: postgres://user@host:port/database")?;
    let db = connect(format!("{address}/{name}")).await?;
    let outcome = check(&db).await;
    db.close().await?;
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await?;
    admin.close().await?;
    outcome
}

/// Runs a check on a migrated database of each engine.
pub async fn on_migrated(check: impl AsyncFn(&DatabaseConnection) -> Checked) -> Checked {
    on_empty(async |db| {
        Migrator::up(db, None).await?;
        check(db).await
    })
    .await
}

/// One connection, as SQLite's writer has.
async fn connect(url: String) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|options| options.pragma("foreign_keys", "ON"));
    Database::connect(options).await
}

/// The first column, a number, of the only row.
pub async fn number(db: &DatabaseConnection, sql: &str) -> Result<i64, Box<dyn std::error::Error>> {
    use sea_orm_migration::sea_orm::Statement;
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(row.ok_or("no row")?.try_get_by_index(0)?)
}

/// Passes when the database refuses the statement, for the reason that contains `why`.
pub async fn refuses(db: &DatabaseConnection, sql: &str, why: &str) -> Checked {
    match db.execute_unprepared(sql).await {
        Ok(_) => Err(format!("accepted: {sql}").into()),
        Err(error) if error.to_string().contains(why) => Ok(()),
        Err(error) => Err(format!("{sql}: refused for another reason: {error}").into()),
    }
}

/// Whether this is SQLite.
pub fn is_sqlite(db: &DatabaseConnection) -> bool {
    db.get_database_backend() == DbBackend::Sqlite
}
