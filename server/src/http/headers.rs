//! The headers of every answer (OWASP ASVS 5.0, V3.4): pages, files, errors alike.

use app::routes;
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Uri, header},
    middleware::Next,
    response::Response,
};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;

/// What an answer that is not a page may load: nothing.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Sets the policy of a page: only its own scripts, by nonce; nothing from elsewhere.
pub fn page_policy() {
    let Some(nonce) = leptos::nonce::use_nonce() else { return };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; object-src 'none'"
    );
    if use_context::<ResponseOptions>().is_some()
        && let Ok(value) = HeaderValue::from_str(&policy)
    {
        expect_context::<ResponseOptions>().insert_header(header::CONTENT_SECURITY_POLICY, value);
    }
}

/// Whether the site is served over HTTPS.
#[derive(Debug, Clone, Copy)]
pub struct Secure(pub bool);

/// Whether an address names one certificate: whoever has its number reads it, no search engine lists it.
fn names_a_certificate(uri: &Uri) -> bool {
    let rest = uri.path().strip_prefix(routes::CERTIFICATES);
    rest.is_some_and(|rest| rest.starts_with('/') || (rest.is_empty() && uri.query().is_some()))
}

/// Adds what every answer carries.
pub async fn add(State(Secure(secure)): State<Secure>, request: Request, next: Next) -> Response {
    let unlisted = names_a_certificate(request.uri());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, NOTHING);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CACHE_CONTROL, "no-store");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if unlisted {
        set(HeaderName::from_static("x-robots-tag"), "noindex");
    }
    if secure {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    response
}
