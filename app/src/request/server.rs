//! The seam to the request on the server: who asks, which service answers, what the answer's head says.

use std::sync::Arc;

use domain::{
    accounts::NewSession,
    actor::Actor,
    error::{AppError, Outcome},
};
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::{LANGUAGE_COOKIE, RefusedForm, SiteFacts};

/// Who asks.
///
/// # Errors
/// `Unavailable` outside a request.
pub fn actor() -> Outcome<Arc<Actor>> {
    use_context::<Arc<Actor>>().ok_or(AppError::Unavailable)
}

/// The implementation of a feature's service.
///
/// # Errors
/// `Unavailable` when the server did not provide it.
pub fn service<S: ?Sized + Send + Sync + 'static>() -> Outcome<Arc<S>> {
    use_context::<Arc<S>>().ok_or(AppError::Unavailable)
}

/// How the session's cookie is written: `__Host-` and `Secure` wherever the site is served over HTTPS.
#[derive(Debug, Clone, Copy)]
pub struct CookiePolicy {
    /// Whether the site is served over HTTPS.
    pub secure: bool,
}

impl CookiePolicy {
    /// The cookie's name.
    pub const fn name(self) -> &'static str {
        if self.secure { "__Host-renfort" } else { "renfort" }
    }

    fn header(self, token: &str, max_age: u32) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let name = self.name();
        HeaderValue::from_str(&format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}"))
            .ok()
    }
}

/// The token of the session that the request came with.
pub fn session_token() -> Option<String> {
    let policy = use_context::<CookiePolicy>()?;
    cookie(&use_context::<Parts>()?, policy.name())
}

/// A cookie of a request.
pub fn cookie(parts: &Parts, name: &str) -> Option<String> {
    parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// Gives the browser a new session.
pub fn open_session(session: &NewSession) {
    set_cookie(&session.token, session.max_age);
}

/// Takes the session's cookie away.
pub fn close_session() {
    set_cookie("", 0);
    if let Some(options) = use_context::<ResponseOptions>() {
        options
            .insert_header(header::HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    }
}

fn set_cookie(token: &str, max_age: u32) {
    let header = use_context::<CookiePolicy>().and_then(|policy| policy.header(token, max_age));
    if let (Some(options), Some(value)) = (use_context::<ResponseOptions>(), header) {
        options.append_header(header::SET_COOKIE, value);
    }
}

/// Sends the person to another page of this site once the act is done.
pub fn redirect(path: &str) {
    if is_local(path) {
        leptos_axum::redirect(path);
    }
}

/// Whether a path is one of this site: `//host` and `/\host` are not.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && path.chars().all(|c| !c.is_control())
}

/// Sets the status of the page.
pub fn set_status(status: u16) {
    if let (Some(options), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        options.set_status(status);
    }
}

/// The refused form that this page is shown again for.
pub fn refused_form() -> Option<RefusedForm> {
    use_context::<Parts>()?.extensions.get::<RefusedForm>().cloned()
}

/// Text for a `<title>` or a `<textarea>`, which Leptos writes into the page as it comes: without this, a text that
/// closes its element goes on as markup.
pub fn raw_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The nonce of scripts in this answer.
pub fn nonce() -> Option<leptos::nonce::Nonce> {
    leptos::nonce::use_nonce()
}

/// Whether the site shows demonstration data and its mailbox; not while the list of routes is made, outside any request.
pub fn is_demo() -> bool {
    use_context::<SiteFacts>().is_some_and(|facts| facts.demo)
}

/// Keeps the language that a person chose, for a year.
pub fn choose_language(locale: domain::actor::Locale) {
    let value = format!("{LANGUAGE_COOKIE}={}; Path=/; SameSite=Lax; HttpOnly; Max-Age=31536000", locale.as_str());
    if let (Some(options), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&value)) {
        options.append_header(header::SET_COOKIE, value);
    }
}

/// A path that came from outside, if it is one of this site; a known one otherwise.
pub fn local_or<'a>(path: &'a str, otherwise: &'a str) -> &'a str {
    if is_local(path) { path } else { otherwise }
}

/// Only a browser asks while somebody types.
pub fn complete_town(_: String, _: leptos::prelude::RwSignal<Vec<domain::search::CommuneHint>>) {}

/// Only a browser has ways to share.
pub const fn ways_to_share() -> (bool, bool) {
    (false, false)
}

/// Only a browser has a sheet to open.
pub const fn share(_: &str, _: &str) {}

/// Only a browser copies.
pub const fn copy(_: &str, _: leptos::prelude::RwSignal<bool>) {}

/// Only a browser stays on a page.
pub const fn is_here(_: &str) -> bool {
    true
}

/// Only a browser sends forms.
pub fn send_form(
    _: &leptos::ev::SubmitEvent,
    _: &'static str,
    _: Option<(&'static str, &'static str)>,
    _: impl FnOnce(Outcome<Option<String>>) + 'static,
) {
}

/// Only a browser has a tab to keep what is typed in.
pub const fn keep_typed(_: &leptos::web_sys::HtmlFormElement, _: &str) {}

/// Only a browser has kept anything.
pub const fn forget_typed(_: &str) {}

/// Only a browser has kept anything.
pub const fn forget_all_typed() {}

/// Only a browser keeps settings of its own.
pub const fn preference(_: &str) -> Option<String> {
    None
}

/// Only a browser keeps settings of its own.
pub const fn prefer(_: &str, _: &str) {}

/// Only a browser prints.
pub const fn print() {}

/// Only a browser has a keyboard.
pub const fn key_pressed(_: &leptos::ev::KeyboardEvent) -> Option<String> {
    None
}

/// Only a browser has a page to act on.
pub const fn act_on(_: &str) -> bool {
    false
}

/// Only a browser has a focus.
pub const fn step_through(_: &str, _: bool) {}

/// Only a browser is looked at.
pub const fn is_in_sight() -> bool {
    false
}

/// Only a browser works without a network.
pub const fn work_offline(_: &str) {}

/// Only a browser keeps what could not be sent.
pub fn unsent(_: &str, _: &str, _: Option<&str>, _: impl FnOnce(Option<super::Unsent>) + 'static) {}

/// Only a browser keeps what could not be sent.
pub fn send_unsent(_: impl FnOnce(super::Sending) + 'static) {}

/// Only a browser has an address.
pub const fn settle_address() {}
