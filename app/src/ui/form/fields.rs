//! Fields that are filled in.

use leptos::prelude::*;

use super::FormContext;
use crate::{
    i18n::{k, texts},
    request,
};

/// The sentence beside a field, once something is wrong with it.
#[component]
pub(super) fn FieldError(id: String, problem: Signal<Option<String>>) -> impl IntoView {
    move || {
        problem.get().map(|sentence| {
            view! {
                <p class="field__error" id=format!("{id}-erreur")>
                    <crate::ui::Icon name="i-warning" />
                    <span>{sentence}</span>
                </p>
            }
        })
    }
}

/// What describes a field to those who cannot see where things stand: its error and its hint.
pub(super) fn described(id: &str, hint: bool, problem: Signal<Option<String>>) -> impl Fn() -> Option<String> + use<> {
    let (error_id, hint_id) = (format!("{id}-erreur"), hint.then(|| format!("{id}-aide")));
    move || {
        let ids: Vec<String> =
            [problem.get().map(|_| error_id.clone()), hint_id.clone()].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// One field: a line, a date, a number, a password, or a longer text.
#[component]
pub fn Field(
    /// The field's name, as errors call it.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// The value before any typing.
    #[prop(optional, into)]
    value: String,
    /// The `type` of the input, or `textarea`.
    #[prop(default = "text")]
    kind: &'static str,
    /// How to answer.
    #[prop(optional, into)]
    hint: String,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
    /// The `autocomplete` token (RGAA 11.13).
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The `inputmode`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// The id of a `datalist`.
    #[prop(optional)]
    list: Option<&'static str>,
    /// Rows of a longer text.
    #[prop(default = 5)]
    rows: u32,
) -> impl IntoView {
    let t = texts();
    let context = expect_context::<FormContext>();
    let (id, problem) = (context.id(&name), context.problem(name.clone()));
    let value = context.typed(&name).unwrap_or(value);
    let describedby = described(&id, !hint.is_empty(), problem);
    let invalid = move || problem.get().is_some().then_some("true");
    let required = (!optional).then_some("true");
    let html_name = context.name(&name);
    let input = if kind == "textarea" {
        view! {
            <textarea class="field__input" id=id.clone() name=html_name rows=rows aria-required=required
                aria-invalid=invalid aria-describedby=describedby>{request::raw_text(&value)}</textarea>
        }
        .into_any()
    } else {
        view! {
            <input class="field__input" id=id.clone() name=html_name type=kind value=value autocomplete=autocomplete
                inputmode=inputmode list=list aria-required=required aria-invalid=invalid aria-describedby=describedby />
        }
        .into_any()
    };
    view! {
        <div class="field" class:field--error=move || problem.get().is_some()>
            <label class="field__label" for=id.clone()>
                {label}
                {optional.then(|| view! { " "<span class="field__optional">{t.get(k::common::OPTIONAL)}</span> })}
            </label>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint" id=format!("{id}-aide")>{hint}</p> })}
            <FieldError id=id.clone() problem=problem />
            {input}
        </div>
    }
}

/// A file that the server reads as text; its form is `files`.
#[component]
pub fn FileField(
    /// The field's name, as errors call it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What it may be.
    #[prop(into)]
    hint: String,
    /// Endings and types that the browser offers.
    accept: &'static str,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let (id, problem) = (context.id(name), context.problem(name));
    view! {
        <div class="field" class:field--error=move || problem.get().is_some()>
            <label class="field__label" for=id.clone()>
                {label}" "<span class="field__optional">{texts().get(k::common::OPTIONAL)}</span>
            </label>
            <p class="field__hint" id=format!("{id}-aide")>{hint}</p>
            <FieldError id=id.clone() problem=problem />
            <input class="field__input" id=id.clone() name=context.name(name) type="file" accept=accept
                aria-describedby=described(&id, true, problem) />
        </div>
    }
}

/// A choice in a list that drops down.
#[component]
pub fn Select(
    /// The field's name, as errors call it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Values with what a person reads.
    options: Vec<(String, String)>,
    /// The value before any choice.
    #[prop(optional, into)]
    value: String,
    /// How to answer.
    #[prop(optional, into)]
    hint: String,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let t = texts();
    let context = expect_context::<FormContext>();
    let (id, problem) = (context.id(name), context.problem(name));
    let value = context.typed(name).unwrap_or(value);
    let describedby = described(&id, !hint.is_empty(), problem);
    let options = options
        .into_iter()
        .map(|(code, text)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="field" class:field--error=move || problem.get().is_some()>
            <label class="field__label" for=id.clone()>
                {label}
                {optional.then(|| view! { " "<span class="field__optional">{t.get(k::common::OPTIONAL)}</span> })}
            </label>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint" id=format!("{id}-aide")>{hint}</p> })}
            <FieldError id=id.clone() problem=problem />
            <select class="field__input" id=id name=context.name(name) aria-describedby=describedby
                aria-invalid=move || problem.get().is_some().then_some("true")>
                {options}
            </select>
        </div>
    }
}
