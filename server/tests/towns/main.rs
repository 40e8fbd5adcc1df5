//! Organisations and the network, on a real database: SQLite, and PostgreSQL where `TEST_POSTGRES_URL` is set.

mod network;
mod organisations;
mod site;
