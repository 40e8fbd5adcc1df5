//! Offering help, and what becomes of it. On SQLite, and on PostgreSQL where TEST_POSTGRES_URL is set.

mod answers;
mod apply;
mod ends;
mod world;
