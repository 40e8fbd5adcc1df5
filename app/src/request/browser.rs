//! The seam to the request, in the browser: what would change the answer's head does nothing, and what the browser asks by
//! itself goes through here.

use std::{cell::RefCell, sync::Arc};

use domain::{
    actor::Actor,
    error::{AppError, Outcome},
    search::CommuneHint,
};
use leptos::{ev::SubmitEvent, prelude::*, reactive::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{AbortController, FormData, HtmlElement, HtmlFormElement, UrlSearchParams};

use super::{Failure, RefusedForm};

/// Only the server sets a status.
pub const fn set_status(_: u16) {}

/// Only the server shows a form again.
pub const fn refused_form() -> Option<RefusedForm> {
    None
}

/// Only the server knows its settings; what it said comes with the page.
pub const fn is_demo() -> bool {
    false
}

/// Only the server writes text as markup.
pub fn raw_text(text: &str) -> String {
    text.to_owned()
}

/// Leaves for another page of this site, when a page cannot be shown to this person.
pub fn redirect(path: &str) {
    drop(window().location().set_href(path));
}

/// Whether a path is that of this very page.
pub fn is_here(path: &str) -> bool {
    path.split(['?', '#']).next() == window().location().pathname().ok().as_deref()
}

/// Sends a form as the browser would, without leaving the page; `then` gets what was wrong, or the next page if there is
/// one.
pub fn send_form(event: &SubmitEvent, act: &'static str, then: impl FnOnce(Outcome<Option<String>>) + 'static) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let body = form.and_then(|form| encoded(&form, event.submitter()));
    spawn_local(async move {
        then(match body {
            Some(body) => post(act, body).await,
            None => Err(AppError::Unavailable),
        });
    });
}

/// The fields, and the button that was pressed, as `application/x-www-form-urlencoded`.
fn encoded(form: &HtmlFormElement, pressed: Option<HtmlElement>) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    if let Some((name, button)) = pressed.and_then(|button| Some((button.get_attribute("name")?, button))) {
        data.append_with_str(&name, &button.get_attribute("value").unwrap_or_default()).ok()?;
    }
    let pairs = UrlSearchParams::new_with_str_sequence_sequence(data.unchecked_ref()).ok()?;
    Some(String::from(pairs.to_string()))
}

async fn post(act: &str, body: String) -> Outcome<Option<String>> {
    let request = gloo_net::http::Request::post(act)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded;charset=UTF-8")
        .body(body);
    let answer = match request {
        Ok(request) => request.send().await.map_err(|_| AppError::Unavailable)?,
        Err(_) => return Err(AppError::Unavailable),
    };
    if answer.ok() {
        let next = answer.headers().get("location");
        // An answer that nobody reads keeps its connection.
        drop(answer.binary().await);
        return Ok(next);
    }
    let failure = answer.json::<Failure>().await;
    Err(failure.map_or(AppError::Unavailable, |failure| failure.0))
}

thread_local! {
    static ASKING: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Asks for the towns that begin like what is typed; the next letter cancels the question of the one before. Without an
/// answer the field stays what it is, a plain one.
pub fn complete_town(typed: String, hints: RwSignal<Vec<CommuneHint>>) {
    let controller = AbortController::new().ok();
    ASKING.with_borrow_mut(|asking| {
        if let Some(before) = asking.take() {
            before.abort();
        }
        asking.clone_from(&controller);
    });
    if typed.trim().chars().count() < 2 {
        return;
    }
    let signal = controller.map(|controller| controller.signal());
    spawn_local(async move {
        let address = format!("/api/search/communes?typed={}", crate::routes::encode(&typed));
        let Ok(answer) = gloo_net::http::Request::get(&address).abort_signal(signal.as_ref()).send().await else {
            return;
        };
        if let Ok(found) = answer.json::<Vec<CommuneHint>>().await {
            hints.set(found);
        }
    });
}

/// Only the server knows who asks.
///
/// # Errors
/// Always: what needs it runs on the server only.
pub const fn actor() -> Outcome<Arc<Actor>> {
    Err(AppError::Unavailable)
}

/// Only the server has services.
///
/// # Errors
/// Always: what needs them runs on the server only.
pub const fn service<S: ?Sized>() -> Outcome<Arc<S>> {
    Err(AppError::Unavailable)
}
