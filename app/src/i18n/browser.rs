//! Texts in the browser: the table of the page's language, loaded once before the page comes alive.

use std::sync::OnceLock;

use domain::actor::Locale;
use leptos::prelude::document;

/// Stands between two texts of the file: the separator of records of ASCII, which no text holds (`build.rs`).
const BETWEEN: char = '\u{1e}';

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
    let table = gloo_net::http::Request::get(&href).send().await?.text().await?;
    drop(TABLE.set((locale, table.split(BETWEEN).map(str::to_owned).collect())));
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
