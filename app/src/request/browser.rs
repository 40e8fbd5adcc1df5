//! The seam to the request, in the browser: what would change the answer's head does nothing, and what the browser asks by
//! itself goes through here.

use std::{cell::RefCell, sync::Arc};

use domain::{
    actor::Actor,
    error::{AppError, Outcome},
    search::CommuneHint,
};
use leptos::{prelude::*, reactive::spawn_local};
use web_sys::AbortController;

use super::RefusedForm;

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

/// Leaves for another page of this site, when a page cannot be shown to this person.
pub fn redirect(path: &str) {
    drop(window().location().set_href(path));
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
