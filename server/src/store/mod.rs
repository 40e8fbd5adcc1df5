//! The databases, and the unit of work: one transaction that knows who acts and when.

mod work;

use std::time::Duration;

use anyhow::Context;
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

pub use work::{Step, Work};

use crate::error::Result;

/// The store: SQLite writes through one connection that begins IMMEDIATE and reads through a pool, so that a reader never
/// waits and two writers never deadlock; PostgreSQL uses one pool for both.
#[derive(Debug, Clone)]
pub struct Store {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
}

/// How many rows SQLite reads before somebody takes them.
const ROWS_AHEAD: usize = 8192;

impl Store {
    /// Opens the database, creating an SQLite file that is not there.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        if url.starts_with("sqlite:") {
            return Self::open_sqlite(url).await;
        }
        let mut options = ConnectOptions::new(url);
        options.max_connections(16).acquire_timeout(Duration::from_secs(5)).sqlx_logging(false);
        let pool = Database::connect(options).await.context("DATABASE_URL: cannot reach PostgreSQL")?;
        Ok(Self { readers: pool.clone(), writer: pool })
    }

    async fn open_sqlite(url: &str) -> anyhow::Result<Self> {
        let path = url.trim_start_matches("sqlite://").split('?').next().unwrap_or_default();
        if let Some(folder) = std::path::Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("DATABASE_URL: cannot create the folder {}", folder.display()))?;
        }
        let url = format!("sqlite://{path}?mode=rwc");
        let open = async |connections: u32| {
            let mut options = ConnectOptions::new(&url);
            options
                .max_connections(connections)
                .acquire_timeout(Duration::from_secs(30))
                .sqlx_logging(false)
                .map_sqlx_sqlite_opts(|options| {
                    options
                        // Thousands of rows come at once, rather than one for one between two threads.
                        .row_buffer_size(ROWS_AHEAD)
                        .pragma("journal_mode", "WAL")
                        .pragma("synchronous", "FULL")
                        .pragma("foreign_keys", "ON")
                        .pragma("busy_timeout", "10000")
                        .pragma("temp_store", "MEMORY")
                });
            Database::connect(options).await.with_context(|| format!("DATABASE_URL: cannot open {path}"))
        };
        let writer = open(1).await?;
        Ok(Self { readers: open(8).await?, writer })
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a migration fails; what it had done is rolled back where the engine can.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        Migrator::up(&self.writer, None).await.context("migration")
    }

    /// For questions.
    pub const fn read(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// When the database cannot be reached in time.
    pub async fn begin(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.engine() == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    /// Which database this is.
    pub fn engine(&self) -> DbBackend {
        self.writer.get_database_backend()
    }
}
