//! A choice in a list that links of the page make too.

use leptos::prelude::*;

use super::{
    FormContext,
    fields::{FieldError, described},
};

/// As `Select`, for a choice that links of the page make too.
#[component]
pub fn LinkedSelect(
    /// The field's name, as errors call it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Values with what a person reads.
    options: Vec<(String, String)>,
    /// The value that is chosen.
    chosen: RwSignal<String>,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let (id, problem) = (context.id(name), context.problem(name));
    if let Some(typed) = context.typed(name).filter(|typed| options.iter().any(|(code, _)| code == typed)) {
        chosen.set(typed);
    }
    let describedby = described(&id, false, problem);
    let first = chosen.get_untracked();
    let options = options
        .into_iter()
        .map(|(code, text)| {
            let selected = code == first;
            view! { <option value=code selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="field" class:field--error=move || problem.get().is_some()>
            <label class="field__label" for=id.clone()>{label}</label>
            <FieldError id=id.clone() problem=problem />
            <select class="field__input" id=id name=context.name(name) aria-describedby=describedby
                aria-invalid=move || problem.get().is_some().then_some("true")
                prop:value=move || chosen.get() on:change=move |event| chosen.set(event_target_value(&event))>
                {options}
            </select>
        </div>
    }
}
