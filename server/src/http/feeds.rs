//! What other programs follow, without a cookie: whoever has the address may read.

use axum::{
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{applications::calendar, backend::Backend, error::Answered};

/// A calendar (RFC 5545).
pub const CALENDAR: &str = "text/calendar; charset=utf-8";

/// Somebody's calendar. Never kept on the way, never found by a search engine.
pub async fn calendar(State(backend): State<Backend>, Path(file): Path<String>) -> Response {
    let found = match file.strip_suffix(".ics") {
        Some(secret) => calendar::feed(&backend, secret).await.answered(),
        None => Err(domain::error::AppError::NotFound),
    };
    let headers = [(header::CACHE_CONTROL, "private, no-store"), (HeaderName::from_static("x-robots-tag"), "noindex")];
    match found {
        Ok(calendar) => (headers, [(header::CONTENT_TYPE, CALENDAR)], calendar).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            (status, headers).into_response()
        }
    }
}
