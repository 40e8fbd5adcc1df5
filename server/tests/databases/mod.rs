//! A backend of its own for each test, on SQLite, and on PostgreSQL where TEST_POSTGRES_URL says where (a user who may
//! create databases); the clock stands still.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Database};
use server::{backend::Backend, clock::Clock, settings::Settings, store::Store};

/// A database of one test.
pub struct Own {
    /// The server's side.
    pub backend: Backend,
    _folder: Option<tempfile::TempDir>,
}

/// A Monday morning in Paris.
pub fn monday() -> DateTime<Utc> {
    "2026-11-23T07:30:00Z".parse().unwrap_or_default()
}

async fn own(url: String, folder: Option<tempfile::TempDir>) -> anyhow::Result<Own> {
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let settings = Settings::from(None, true, |name| (name == "DATABASE_URL").then(|| url.clone()))?;
    Ok(Own { backend: Backend::new(store, Clock::fixed(monday()), settings), _folder: folder })
}

/// One empty, migrated database per engine that is there: SQLite first.
pub async fn each(name: &str) -> anyhow::Result<Vec<Own>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("renfort.db");
    let mut all = vec![own(format!("sqlite://{}", file.display()), Some(folder)).await?];
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) => {
            let (server, _) = url.rsplit_once('/').context("TEST_POSTGRES_URL must end with /database")?;
            let admin = Database::connect(&url).await?;
            admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS renfort_{name} WITH (FORCE)")).await?;
            admin.execute_unprepared(&format!("CREATE DATABASE renfort_{name}")).await?;
            admin.close().await?;
            all.push(own(format!("{server}/renfort_{name}"), None).await?);
        }
        Err(_) => eprintln!("TEST_POSTGRES_URL is not set: SQLite only"),
    }
    Ok(all)
}
