//! The seam to the request, in the browser: what would change the answer's head does nothing, and what the browser asks by
//! itself goes through here.

use std::{cell::RefCell, sync::Arc};

use domain::{
    actor::Actor,
    error::{AppError, Outcome},
    search::CommuneHint,
};
use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    prelude::*,
    reactive::spawn_local,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement, Storage, UrlSearchParams,
    js_sys::{Function, Object, Promise, Reflect},
};

use super::{Failure, RefusedForm, WIRE, read};

mod offline;

pub use offline::{send_unsent, unsent, work_offline};

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

/// A page that answers a refused form stands at the form's address, which is none of a page: it takes that of the page it came
/// from, before anything reads it.
pub fn settle_address() {
    let place = window().location();
    let origin = place.origin().unwrap_or_default();
    if place.pathname().is_ok_and(|path| path.starts_with("/api/"))
        && let Some(page) = document().referrer().strip_prefix(&origin)
        && let Ok(history) = window().history()
    {
        drop(history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(page)));
    }
}

/// Prints the page, with all that is folded away on it: paper has nothing to press. It stays open.
pub fn print() {
    let folded = document().query_selector_all("main details:not([open])").ok();
    for index in 0..folded.as_ref().map_or(0, web_sys::NodeList::length) {
        let one = folded.as_ref().and_then(|all| all.get(index)).and_then(|node| node.dyn_into::<Element>().ok());
        drop(one.map(|one| one.set_attribute("open", "")));
    }
    drop(window().print());
}

/// Whether this browser passes an address on by the system's own sheet, and whether it copies one.
pub fn ways_to_share() -> (bool, bool) {
    let navigator = window().navigator();
    let can = |name: &str| Reflect::get(&navigator, &name.into()).is_ok_and(|way| !way.is_undefined());
    (can("share"), can("clipboard"))
}

/// Opens the system's sheet. Who closes it has changed their mind: that is nothing to tell.
pub fn share(title: &str, link: &str) {
    let data = Object::new();
    let told = [("title", title), ("url", link)]
        .iter()
        .all(|(name, value)| Reflect::set(&data, &(*name).into(), &(*value).into()).is_ok());
    if told {
        drop(asked_of(&window().navigator(), "share", &data));
    }
}

/// Copies an address, and says so once it is done.
pub fn copy(link: &str, copied: RwSignal<bool>) {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into());
    let Some(promise) = clipboard.ok().and_then(|board| asked_of(&board, "writeText", &link.into())) else { return };
    spawn_local(async move {
        let done = JsFuture::from(promise).await.is_ok();
        let _ = copied.try_set(done);
    });
}

/// Calls what not every browser has, by its name.
fn asked_of(of: &JsValue, name: &str, with: &JsValue) -> Option<Promise> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.call1(of, with).ok()?.dyn_into().ok()
}

/// Whether a path is that of this very page.
pub fn is_here(path: &str) -> bool {
    path.split(['?', '#']).next() == window().location().pathname().ok().as_deref()
}

/// Sends a form as the browser would, without leaving the page; `then` gets what was wrong, or the next page if there is
/// one. `beside` is the id of another form and the name of those of its fields that go along.
pub fn send_form(
    event: &SubmitEvent,
    act: &'static str,
    beside: Option<(&'static str, &'static str)>,
    then: impl FnOnce(Outcome<Option<String>>) + 'static,
) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let mut body = form.and_then(|form| encoded(&form, event.submitter()));
    if let (Some(body), Some(along)) = (&mut body, beside.and_then(|(id, name)| fields_of(id, name))) {
        body.push_str(&along);
    }
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

/// The fields of a form that have a name, each after an ampersand.
fn fields_of(form: &str, name: &str) -> Option<String> {
    let form = document().get_element_by_id(form)?.dyn_into::<HtmlFormElement>().ok()?;
    let start = format!("{name}%5B");
    Some(
        encoded(&form, None)?
            .split('&')
            .filter(|field| field.starts_with(&start))
            .flat_map(|field| ["&", field])
            .collect(),
    )
}

async fn post(act: &str, body: String) -> Outcome<Option<String>> {
    let request = gloo_net::http::Request::post(act)
        .header("accept", WIRE)
        .header("content-type", "application/x-www-form-urlencoded;charset=UTF-8")
        .body(body);
    let answer = match request {
        Ok(request) => request.send().await.map_err(|_| AppError::Unreachable)?,
        Err(_) => return Err(AppError::Unavailable),
    };
    if answer.ok() {
        let next = answer.headers().get("location");
        // An answer that nobody reads keeps its connection.
        drop(answer.binary().await);
        return Ok(next);
    }
    let told = answer.binary().await.ok().and_then(|bytes| read::<Failure>(&bytes));
    Err(told.map_or(AppError::Unavailable, |failure| failure.0))
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
        if let Some(found) = answer.binary().await.ok().and_then(|bytes| read::<Vec<CommuneHint>>(&bytes)) {
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

/// Where a tab keeps what was typed in a form: by page and form.
fn place_of(name: &str) -> String {
    format!("typed {}{name}", window().location().pathname().unwrap_or_default())
}

fn tab_storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Puts back what was typed in a form before the page was left or loaded again, and keeps what will be typed.
pub fn keep_typed(form: &HtmlFormElement, name: &str) {
    let place = place_of(name);
    if let Some(typed) = tab_storage().and_then(|storage| storage.get_item(&place).ok().flatten()) {
        put_back(form, &typed);
    }
    let kept = form.clone();
    let keep = Closure::<dyn Fn()>::new(move || {
        if let (Some(storage), Some(typed)) = (tab_storage(), encoded(&kept, None)) {
            drop(storage.set_item(&place, &typed));
        }
    });
    for event in ["input", "change"] {
        drop(form.add_event_listener_with_callback(event, keep.as_ref().unchecked_ref()));
    }
    // It lives as long as the form does, which the browser knows.
    keep.forget();
}

/// Fills fields that are seen; a box is ticked as a person does, for whoever listens.
fn put_back(form: &HtmlFormElement, typed: &str) {
    let Ok(typed) = UrlSearchParams::new_with_str(typed) else { return };
    let fields = form.elements();
    let fields = || (0..fields.length()).filter_map(|index| fields.item(index));
    let inputs = || fields().filter_map(|field| field.dyn_into::<HtmlInputElement>().ok());
    let is_of = |input: &HtmlInputElement, ends: &[&str]| ends.iter().any(|end| input.name().ends_with(end));
    // Lines that are about somebody else by now stay as they are.
    let others = |input: &HtmlInputElement| typed.get(&input.name()).is_some_and(|about| about != input.value());
    if inputs().any(|input| is_of(&input, &["[application]", "[code]"]) && others(&input)) {
        return;
    }
    for field in fields() {
        if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
            if let Some(text) = typed.get(&area.name()) {
                area.set_value(&text);
            }
        } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
            if let Some(text) = typed.get(&select.name()) {
                select.set_value(&text);
                drop(Event::new("change").map(|event| select.dispatch_event(&event)));
            }
        } else if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                // What the page showed when it was typed: whoever changed it meanwhile is told apart.
                "hidden" if is_of(input, &["[was]", "[was_note]", "[seen]", "[once]"]) => {
                    if let Some(text) = typed.get(&input.name()) {
                        input.set_value(&text);
                    }
                }
                "hidden" | "password" | "file" => {}
                "radio" | "checkbox" => {
                    let chosen = typed.get_all(&input.name()).includes(&input.value().into(), 0);
                    if chosen != input.checked() && (chosen || input.type_() == "checkbox") {
                        input.click();
                    }
                }
                _ => {
                    if let Some(text) = typed.get(&input.name()) {
                        input.set_value(&text);
                    }
                }
            }
        }
    }
}

/// What was typed in a form has arrived.
pub fn forget_typed(name: &str) {
    if let Some(storage) = tab_storage() {
        drop(storage.remove_item(&place_of(name)));
    }
}

/// Nothing that was typed in this tab is kept any more.
pub fn forget_all_typed() {
    if let Some(storage) = tab_storage() {
        drop(storage.clear());
    }
}

/// A setting that this browser keeps.
pub fn preference(name: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(name).ok().flatten()
}

/// Keeps a setting in this browser.
pub fn prefer(name: &str, value: &str) {
    if let Some(storage) = window().local_storage().ok().flatten() {
        drop(storage.set_item(name, value));
    }
}

/// A key that was pressed, for the page and not for a field: its letter, or nothing.
pub fn key_pressed(event: &KeyboardEvent) -> Option<String> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
        return None;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let types = target.is_some_and(|target| {
        target
            .closest("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])")
            .ok()
            .flatten()
            .is_some()
    });
    (!types).then(|| event.key().to_lowercase())
}

/// Acts on the element that a key names: follows a link, unfolds, else goes to it or to the first field in it.
pub fn act_on(selector: &str) -> bool {
    let Ok(Some(found)) = document().query_selector(selector) else { return false };
    if found.tag_name() == "DETAILS" {
        drop(found.set_attribute("open", ""));
    }
    let within = "input:not([type=hidden]), textarea, select, button, summary";
    let inner = found.query_selector(&within.replace(", summary", "")).ok().flatten();
    let target = match found.tag_name().as_str() {
        "A" | "BUTTON" => Some(found.clone()),
        _ => inner.or_else(|| found.query_selector(within).ok().flatten()),
    };
    let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return false };
    if found.tag_name() == "A" {
        target.click();
    } else {
        drop(target.focus());
    }
    true
}

/// Goes to the next or the previous of some elements.
pub fn step_through(selector: &str, forward: bool) {
    let Ok(all) = document().query_selector_all(selector) else { return };
    let count = all.length();
    let here = document().active_element();
    let at = (0..count).find(|index| {
        all.item(*index).is_some_and(|node| here.as_ref().is_some_and(|here| here.is_same_node(Some(&node))))
    });
    let next = match (at, forward) {
        (None, _) => 0,
        (Some(at), true) => (at + 1).min(count.saturating_sub(1)),
        (Some(at), false) => at.saturating_sub(1),
    };
    if let Some(target) = all.item(next).and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        drop(target.focus());
    }
}

/// Whether the page is in sight: what asks by itself waits while it is not.
pub fn is_in_sight() -> bool {
    !document().hidden()
}
