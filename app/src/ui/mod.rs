//! Components that know no feature.

mod asked;
mod bar_table;
mod changed;
pub mod chart;
mod filters;
pub mod form;
pub mod page;
pub mod problems;
mod refusal;
pub mod thread;
pub mod time;

pub use asked::Asked;
pub use bar_table::BarTable;
pub use changed::Changed;
pub use filters::FilterSelect;
pub use form::*;
pub use page::*;
pub use thread::{History, Thread};
pub use time::{Day, Time};

use leptos::prelude::*;

/// A drawn icon of the sprite, for the eye only: a word always stands beside it.
#[component]
pub fn Icon(
    /// The symbol's name without its prefix: `i-search`, `d-food-aid`.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! { <svg class="icon" aria-hidden="true" focusable="false"><use href=format!("/icons/sprite.svg#{name}")></use></svg> }
}

/// Splits a text of paragraphs into `<p>`s; a line of its own stays one.
#[component]
pub fn Prose(
    /// The text; empty lines part paragraphs.
    text: String,
) -> impl IntoView {
    let paragraphs: Vec<_> = text
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| view! { <p>{paragraph.to_owned()}</p> })
        .collect();
    view! { <div class="prose">{paragraphs}</div> }
}

/// The lines of a text as a list.
#[component]
pub fn Lines(
    /// The text; empty lines are left out.
    text: String,
) -> impl IntoView {
    let lines: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| view! { <li>{line.to_owned()}</li> })
        .collect();
    view! { <ul class="prose">{lines}</ul> }
}
