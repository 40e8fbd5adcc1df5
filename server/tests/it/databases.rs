//! A backend of its own for each test, on each engine; the clock stands still.

use anyhow::Context;
use chrono::{DateTime, Utc};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database};
use server::{backend::Backend, clock::Clock, demo, settings::Settings, store::Store};
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

/// What a test begins with.
#[derive(Clone, Copy)]
enum Start {
    /// The schema and its reference data.
    Migrated,
    /// The demonstration data as well.
    Filled,
}

/// One empty, migrated database per engine that is there: SQLite first.
pub async fn each() -> anyhow::Result<Vec<Own>> {
    each_at(|| Clock::fixed(monday())).await
}

/// The same, at another time.
pub async fn each_at(clock: fn() -> Clock) -> anyhow::Result<Vec<Own>> {
    copies(Start::Migrated, clock).await
}

/// The same, with the demonstration data of a Monday.
pub async fn filled() -> anyhow::Result<Vec<Own>> {
    copies(Start::Filled, || Clock::fixed(monday())).await
}

async fn copies(start: Start, clock: fn() -> Clock) -> anyhow::Result<Vec<Own>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("renfort.db");
    std::fs::write(&file, sqlite(start).await?)?;
    let mut all = vec![own(format!("sqlite://{}", file.display()), clock(), Some(folder)).await?];
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) => all.push(own(postgres(start, &url).await?, clock(), None).await?),
        Err(_) => eprintln!("TEST_POSTGRES_URL is not set: SQLite only"),
    }
    Ok(all)
}

/// Brings a new database to where tests begin. Done once per engine and start: each test gets a copy.
async fn prepare(start: Start, url: &str) -> anyhow::Result<()> {
    let db = Database::connect(url).await?;
    Migrator::up(&db, None).await?;
    db.close().await?;
    if let Start::Filled = start {
        let own = own(url.to_owned(), Clock::fixed(monday()), None).await?;
        demo::fill(&own.backend).await?;
    }
    Ok(())
}

/// The file of a SQLite database to begin with.
async fn sqlite(start: Start) -> anyhow::Result<&'static [u8]> {
    static FILES: [OnceCell<Vec<u8>>; 2] = [const { OnceCell::const_new() }; 2];
    let made = FILES[start as usize].get_or_try_init(async || {
        let folder = tempfile::tempdir()?;
        let (file, whole) = (folder.path().join("made.db"), folder.path().join("whole.db"));
        prepare(start, &format!("sqlite://{}?mode=rwc", file.display())).await?;
        // What is still in the write-ahead log belongs to it.
        let db = Database::connect(format!("sqlite://{}", file.display())).await?;
        db.execute_unprepared(&format!("VACUUM INTO '{}'", whole.display())).await?;
        db.close().await?;
        anyhow::Ok(std::fs::read(&whole)?)
    });
    Ok(made.await?)
}

/// The address of a new database of that server, a copy of one to begin with.
async fn postgres(start: Start, url: &str) -> anyhow::Result<String> {
    const TEMPLATES: [&str; 2] = ["renfort_test_migrated", "renfort_test_filled"];
    // Which templates are there, and how many copies. PostgreSQL copies a database that nobody else uses: two at once would
    // be refused.
    static MADE: Mutex<([bool; 2], u32)> = Mutex::const_new(([false; 2], 0));

    let (server, _) = url.rsplit_once('/').context("TEST_POSTGRES_URL must end with /database")?;
    let template = TEMPLATES[start as usize];
    let mut made = MADE.lock().await;
    let admin = Database::connect(url).await?;
    let new = async |name: &str, like: &str| {
        let left = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{like}'");
        admin.execute_unprepared(&left).await?;
        admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {like}")).await
    };
    if !made.0[start as usize] {
        new(template, "template1").await?;
        prepare(start, &format!("{server}/{template}")).await?;
        made.0[start as usize] = true;
    }
    let name = format!("renfort_test_{}", made.1);
    new(&name, template).await?;
    made.1 += 1;
    admin.close().await?;
    Ok(format!("{server}/{name}"))
}
