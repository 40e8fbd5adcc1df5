//! The HTML version of an e-mail, in demonstration mode: a document outside the site's frame that can do nothing but be read.

use axum::{
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::{error::AppError, ids::LetterId, mailbox::Mailbox};

use crate::backend::Backend;

/// No script, no form, nothing loaded; the styles stand in the document, as e-mails have them.
const POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// The HTML version of an e-mail.
pub async fn html(State(backend): State<Backend>, Path(id): Path<String>) -> Response {
    let found = match id.parse::<LetterId>() {
        Ok(id) => backend.html(id).await,
        Err(_) => Err(AppError::NotFound),
    };
    match found {
        // A sandboxed document may not ask for an opener policy of its own: browsers would refuse to show it.
        Ok(document) => (
            [
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (HeaderName::from_static("cross-origin-opener-policy"), "unsafe-none"),
            ],
            Html(document),
        )
            .into_response(),
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE).into_response(),
    }
}
