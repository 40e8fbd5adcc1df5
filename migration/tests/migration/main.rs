//! The schema on both engines: SQLite always, PostgreSQL when `TEST_POSTGRES_URL` names a server.

mod engines;
mod rules;
mod scene;
mod seeds;
mod up_and_down;

/// A test fails with whatever went wrong.
type Checked = Result<(), Box<dyn std::error::Error>>;
