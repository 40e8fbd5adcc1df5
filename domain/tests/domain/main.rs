//! What the domain promises, feature by feature.

mod accounts;
mod alerts;
mod applications;
mod attendance;
mod certificates;
mod cover;
mod crisis;
mod doors;
mod equipment;
mod favourites;
mod fields;
mod figures;
mod ideas;
mod joining;
mod letters;
mod machines;
mod mailbox;
mod messages;
mod missions;
mod months;
mod organisations;
mod paris;
mod planning;
mod profiles;
mod reminders;
mod reviews;
mod suggestions;
mod supplies;
mod team;
mod testimonials;
mod text;

use chrono::{DateTime, NaiveDate, Utc};

/// An instant written as in RFC 3339.
fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A day written `2026-12-31`.
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}
