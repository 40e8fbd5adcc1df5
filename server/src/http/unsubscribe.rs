//! What a mailbox follows to be rid of a saved search, of being asked for cover, or of a town's letters, without a cookie: RFC 8058.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    alerts::stop,
    backend::Backend,
    cover,
    error::{Answered, Result},
    letters::link,
};

/// A mailbox that knows nothing of one press opens the address: it is led to the page with the button, and nothing changes.
pub async fn look(Path(secret): Path<String>) -> Redirect {
    Redirect::to(&app::routes::stop_alert(&app::routes::encode(&secret)))
}

/// One press, in the mailbox. Whether there was something to end is nobody's business.
pub async fn stop(State(backend): State<Backend>, Path(secret): Path<String>) -> Response {
    answer(stop::stop(&backend, &secret).await)
}

/// The same of being asked for cover: opened, the address leads to the page with the button.
pub async fn look_cover(Path(secret): Path<String>) -> Redirect {
    Redirect::to(&app::routes::stop_cover(&app::routes::encode(&secret)))
}

/// One press.
pub async fn stop_cover(State(backend): State<Backend>, Path(secret): Path<String>) -> Response {
    answer(cover::stop::stop(&backend, &secret).await)
}

/// The same of letters to associations: opened, the address leads to the page with the button.
pub async fn look_letters(Path(token): Path<String>) -> Redirect {
    Redirect::to(&app::routes::association_letter(&app::routes::encode(&token)))
}

/// One press.
pub async fn stop_letters(State(backend): State<Backend>, Path(token): Path<String>) -> Response {
    answer(link::stop_at_once(&backend, &token).await)
}

fn answer(stopped: Result<bool>) -> Response {
    match stopped.answered() {
        Ok(_) => StatusCode::OK.into_response(),
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE).into_response(),
    }
}
