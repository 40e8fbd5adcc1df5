//! Texts in the browser: the table of the page's language, loaded once before the page comes alive.

use std::sync::OnceLock;

use domain::actor::Locale;
use leptos::prelude::document;

static TABLE: OnceLock<(Locale, Vec<String>)> = OnceLock::new();

/// Loads the table of the language that the page is written in.
///
/// # Errors
/// When the network fails; the page then stays as the server sent it, links and forms working.
pub async fn load() -> Result<(), gloo_net::Error> {
    let tag = document().document_element().and_then(|html| html.get_attribute("lang")).unwrap_or_default();
    let locale = Locale::parse(&tag).unwrap_or_default();
    let href = document()
        .query_selector("link[data-texts]")
        .ok()
        .flatten()
        .and_then(|link| link.get_attribute("href"))
        .unwrap_or_default();
    let table = gloo_net::http::Request::get(&href).send().await?.json().await?;
    drop(TABLE.set((locale, table)));
    Ok(())
}

/// The language of the page.
pub fn locale() -> Locale {
    TABLE.get().map(|(locale, _)| *locale).unwrap_or_default()
}

/// One text.
pub fn text(_: Locale, index: u16) -> &'static str {
    TABLE.get().and_then(|(_, table)| table.get(usize::from(index))).map_or("", String::as_str)
}
