//! How it is stored, sent and served.
#![recursion_limit = "512"]

pub mod accounts;
pub mod applications;
pub mod backend;
pub mod clock;
pub mod commands;
pub mod communes;
pub mod crisis;
pub mod demo;
pub mod entity;
pub mod error;
pub mod housekeeping;
pub mod http;
pub mod letters;
pub mod mail;
pub mod mailbox;
pub mod missions;
pub mod network;
pub mod organisations;
pub mod passwords;
pub mod reviews;
pub mod search;
pub mod settings;
pub mod store;
pub mod telemetry;
pub mod throttle;
