//! Who asks: the session's cookie, the language, the network address.

use std::{net::SocketAddr, sync::Arc};

use app::request::{CookiePolicy, cookie};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::actor::{Actor, Locale};
use http::StatusCode;

use crate::{accounts::queries, backend::Backend};

/// Puts the [`Actor`] into the request, for pages and server functions.
pub async fn identify(State(backend): State<Backend>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match read(&backend, &parts).await {
        Ok(actor) => {
            parts.extensions.insert(Arc::new(actor));
            next.run(Request::from_parts(parts, body)).await
        }
        Err(error) => {
            tracing::error!(?error, "the session cannot be read");
            (StatusCode::SERVICE_UNAVAILABLE, "Le service est momentanément indisponible.\n").into_response()
        }
    }
}

async fn read(backend: &Backend, parts: &Parts) -> crate::error::Result<Actor> {
    let policy = CookiePolicy { secure: backend.settings.secure() };
    let mut actor = Actor { address: address(backend, parts), ..Actor::default() };
    let mut account_locale = None;
    if let Some(token) = cookie(parts, policy.name()).filter(|token| token.len() == 64)
        && let Some((account, known)) = queries::of_session(&backend.store, &token, backend.clock.now()).await?
    {
        actor.account = Some(account);
        actor.grants = known.grants;
        actor.volunteer = known.volunteer;
        account_locale = Some(known.locale);
    }
    let chosen = cookie(parts, app::request::LANGUAGE_COOKIE).and_then(|tag| Locale::parse(&tag));
    actor.locale = chosen.or(account_locale).or_else(|| accepted(parts)).unwrap_or_default();
    Ok(actor)
}

/// The first language of the browser's list that we speak.
fn accepted(parts: &Parts) -> Option<Locale> {
    parts
        .headers
        .get(header::ACCEPT_LANGUAGE)?
        .to_str()
        .ok()?
        .split(',')
        .find_map(|tag| Locale::parse(tag.split(';').next()?))
}

/// The network address: the peer's, or what our own proxy says of it.
fn address(backend: &Backend, parts: &Parts) -> String {
    let forwarded =
        || parts.headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next().map(|ip| ip.trim().to_owned());
    let peer = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_string());
    backend.settings.behind_proxy.then(forwarded).flatten().or_else(peer).unwrap_or_default()
}
