//! A backend of its own for each test, on each engine; the clock stands still.

use anyhow::Context;
use chrono::{DateTime, Utc};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database};
use server::{backend::Backend, clock::Clock, settings::Settings, store::Store};
use tokio::sync::{Mutex, OnceCell};

/// A database of one test.
pub struct Own {
    /// The server's side.
    pub backend: Backend,
    /// Its address, for a server in a process of its own.
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

/// A Monday morning in Paris.
pub fn monday() -> DateTime<Utc> {
    "2026-11-23T07:30:00Z".parse().unwrap()
}

async fn own(url: String, clock: Clock, folder: Option<tempfile::TempDir>) -> anyhow::Result<Own> {
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let settings = Settings::from(None, false, |name| (name == "DATABASE_URL").then(|| url.clone()))?;
    Ok(Own { backend: Backend::new(store, clock, settings), url, _folder: folder })
}

/// One empty, migrated database per engine that is there: SQLite first.
pub async fn each() -> anyhow::Result<Vec<Own>> {
    each_at(|| Clock::fixed(monday())).await
}

/// The same, at another time.
pub async fn each_at(clock: fn() -> Clock) -> anyhow::Result<Vec<Own>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("renfort.db");
    std::fs::write(&file, migrated_sqlite().await?)?;
    let mut all = vec![own(format!("sqlite://{}", file.display()), clock(), Some(folder)).await?];
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) => all.push(own(migrated_postgres(&url).await?, clock(), None).await?),
        Err(_) => eprintln!("TEST_POSTGRES_URL is not set: SQLite only"),
    }
    Ok(all)
}

/// Brings a new database up to date and leaves it. Done once per engine: each test gets a copy.
async fn migrate(url: &str) -> anyhow::Result<()> {
    let db = Database::connect(url).await?;
    Migrator::up(&db, None).await?;
    Ok(db.close().await?)
}

/// The file of a migrated SQLite database.
async fn migrated_sqlite() -> anyhow::Result<&'static [u8]> {
    static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let made = FILE.get_or_try_init(async || {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("template.db");
        migrate(&format!("sqlite://{}?mode=rwc", file.display())).await?;
        anyhow::Ok(std::fs::read(&file)?)
    });
    Ok(made.await?)
}

/// The address of a new database of that server, a copy of a migrated one.
async fn migrated_postgres(url: &str) -> anyhow::Result<String> {
    const TEMPLATE: &str = "renfort_test_template";
    // How many were made. PostgreSQL copies a database that nobody else uses: two at once would be refused.
    static MADE: Mutex<u32> = Mutex::const_new(0);

    let (server, _) = url.rsplit_once('/').context("TEST_POSTGRES_URL must end with /database")?;
    let mut made = MADE.lock().await;
    let admin = Database::connect(url).await?;
    let new = async |name: &str, like: &str| {
        admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {like}")).await
    };
    if *made == 0 {
        new(TEMPLATE, "template1").await?;
        migrate(&format!("{server}/{TEMPLATE}")).await?;
    }
    let name = format!("renfort_test_{made}");
    new(&name, TEMPLATE).await?;
    *made += 1;
    admin.close().await?;
    Ok(format!("{server}/{name}"))
}
