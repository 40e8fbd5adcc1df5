//! The server against real databases: SQLite always, PostgreSQL where `TEST_POSTGRES_URL` says where (a user who may
//! create databases). One binary: it links once.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod alerts;
mod applications;
mod attendance;
mod cover;
mod crisis;
mod databases;
mod demo;
mod equipment;
mod favourites;
mod http;
mod ideas;
mod letters;
mod mailbox;
mod messages;
mod planning;
mod profiles;
mod reviews;
mod search;
mod supplies;
mod team;
mod testimonials;
mod towns;
