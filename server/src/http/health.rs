//! Whether the server lives, and whether it can serve.

use axum::{extract::State, http::StatusCode};
use sea_orm::ConnectionTrait;

use crate::backend::Backend;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The process can serve: its database answers.
pub async fn ready(State(backend): State<Backend>) -> (StatusCode, &'static str) {
    match backend.store.read().execute_unprepared("SELECT 1").await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
