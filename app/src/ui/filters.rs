//! Fields of plain forms of the address: they work without scripts, and the address can be kept.

use leptos::prelude::*;

use crate::i18n::{Text, texts};

/// A choice that narrows a list down.
#[component]
pub fn FilterSelect(
    /// Its name in the address.
    name: &'static str,
    /// What is chosen.
    label: Text,
    /// The choice that narrows nothing.
    any: Text,
    /// Values with what a person reads.
    choices: Vec<(String, String)>,
    /// The value that is chosen now.
    value: String,
) -> impl IntoView {
    let (t, id) = (texts(), format!("filtre-{name}"));
    let options = choices
        .into_iter()
        .map(|(code, text)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{t.get(label)}</label>
            <select class="field__input" id=id name=name>
                <option value="">{t.get(any)}</option>
                {options}
            </select>
        </div>
    }
}
