//! A backend of its own for each test, on each engine; the clock stands still.

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Database};
use server::{backend::Backend, clock::Clock, settings::Settings, store::Store};
use tokio::sync::Mutex;

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
    let mut all = vec![own(format!("sqlite://{}", file.display()), clock(), Some(folder)).await?];
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) => all.push(own(empty_postgres(&url).await?, clock(), None).await?),
        Err(_) => eprintln!("TEST_POSTGRES_URL is not set: SQLite only"),
    }
    Ok(all)
}

/// The address of a new database of that server.
async fn empty_postgres(url: &str) -> anyhow::Result<String> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    // PostgreSQL copies template1: two at once would be refused.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

    let (server, _) = url.rsplit_once('/').context("TEST_POSTGRES_URL must end with /database")?;
    let name = format!("renfort_test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let _turn = ONE_AT_A_TIME.lock().await;
    let admin = Database::connect(url).await?;
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
    admin.close().await?;
    Ok(format!("{server}/{name}"))
}
