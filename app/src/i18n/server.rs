//! Texts on the server: both tables in the program, the language from the request.

use domain::actor::{Actor, Locale};
use leptos::prelude::use_context;

mod tables {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}
use tables::{EN, FR};

/// The files that browsers load, by language.
pub const FILES: [(&str, &str); 2] = [
    ("fr", include_str!(concat!(env!("OUT_DIR"), "/texts.fr.txt"))),
    ("en", include_str!(concat!(env!("OUT_DIR"), "/texts.en.txt"))),
];

/// The language of the answer.
pub fn locale() -> Locale {
    use_context::<std::sync::Arc<Actor>>().map(|actor| actor.locale).unwrap_or_default()
}

/// One text.
pub fn text(locale: Locale, index: u16) -> &'static str {
    let table = match locale {
        Locale::Fr => FR,
        Locale::En => EN,
    };
    table.get(usize::from(index)).copied().unwrap_or_default()
}
