//! What works without a network, with `public/sw.js`. A browser without service workers, or a site without HTTPS, has none of it.

use leptos::{prelude::*, reactive::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlFormElement, ServiceWorkerRegistration, UrlSearchParams,
    js_sys::{Array, Reflect},
};

use super::{
    super::{Sending, Unsent},
    put_back,
};

/// Keeps this page, and what it loaded, for a time without a network.
pub fn work_offline(page: &str) {
    let kept = Array::of1(&JsValue::from_str(page));
    let loaded = window().performance().map(|performance| performance.get_entries_by_type("resource"));
    for entry in loaded.iter().flat_map(Array::iter) {
        if let Ok(address) = Reflect::get(&entry, &JsValue::from_str("name")) {
            kept.push(&address);
        }
    }
    spawn_local(async move {
        // Whoever cannot keep it goes on as before.
        drop(keep(kept).await);
    });
}

async fn keep(what: Array) -> Result<(), JsValue> {
    let navigator = window().navigator();
    if !Reflect::has(&navigator, &JsValue::from_str("serviceWorker"))? {
        return Ok(());
    }
    let workers = navigator.service_worker();
    JsFuture::from(workers.register("/sw.js")).await?;
    let ready: ServiceWorkerRegistration = JsFuture::from(workers.ready()?).await?.dyn_into()?;
    ready.active().map_or(Ok(()), |worker| worker.post_message(&what))
}

/// Asks what of a page, noted by an account, could not be sent, and fills the form of an act with it, if one is named.
pub fn unsent(page: &str, by: &str, act: Option<&'static str>, then: impl FnOnce(Option<Unsent>) + 'static) {
    let address = format!("/hors-ligne/attente?page={}&by={}", crate::routes::encode(page), crate::routes::encode(by));
    spawn_local(async move {
        let Ok(answer) = gloo_net::http::Request::get(&address).send().await else { return then(None) };
        let state = match answer.headers().get("x-state").as_deref() {
            Some("waiting") => Unsent::Waiting,
            Some("refused") => Unsent::Refused,
            Some("changed") => {
                let people = answer.text().await.ok().and_then(|people| people.parse().ok());
                return then(people.map(Unsent::Changed));
            }
            _ => return then(None),
        };
        let form = act.and_then(|act| document().query_selector(&format!("form[action='{act}']")).ok().flatten());
        if let (Some(form), Ok(typed)) =
            (form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()), answer.text().await)
        {
            put_back(&form, &typed);
        }
        then(Some(state));
    });
}

/// Sends what was kept, of every page.
pub fn send_unsent(then: impl FnOnce(Sending) + 'static) {
    spawn_local(async move {
        let answer = gloo_net::http::Request::get("/hors-ligne/envoi").send().await;
        let told = match answer {
            Ok(answer) if answer.ok() => answer.text().await.unwrap_or_default(),
            _ => String::new(),
        };
        let told = UrlSearchParams::new_with_str(&told).ok();
        let count = |name: &str| told.as_ref().and_then(|told| told.get(name)?.parse().ok()).unwrap_or_default();
        then(Sending { sent: count("sent"), refused: count("refused") });
    });
}
