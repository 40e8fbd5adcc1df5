//! What somebody else changed while a page was shown.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::i18n::{Plural, texts};

/// Tells how many things somebody else changed since the page was shown (`routes::changed`).
#[component]
pub fn Changed(
    /// What they are, counted.
    text: Plural,
) -> impl IntoView {
    let (t, query) = (texts(), use_query_map());
    move || {
        let count = query.read().get("changees").and_then(|n| n.parse::<u32>().ok()).filter(|n| *n > 0);
        count.map(|n| view! { <p class="notice notice--warn" role="status">{t.count(text, n)}</p> })
    }
}
