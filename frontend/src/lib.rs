//! The WebAssembly entry.

use leptos::mount::hydrate_lazy;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Brings the page to life once its texts are there; without them it stays as the server sent it.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        if app::texts_source::load().await.is_ok() {
            app::request::settle_address();
            hydrate_lazy(app::App);
        }
    });
}
