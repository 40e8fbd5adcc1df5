//! A form sent without scripts whose act was refused, on a page where that form does not stand any more: an act that could
//! be done once, a line that is gone. What was wrong is told at the head of the page then.

use domain::error::AppError;
use leptos::prelude::*;

use super::problems;
use crate::{
    i18n::{k, texts},
    request,
};

/// Whether a form of this page tells what was wrong.
#[derive(Clone, Copy)]
struct Told(StoredValue<bool>);

/// Begins a page on which nothing is told yet; before its forms are made.
pub fn begin() {
    provide_context(Told(StoredValue::new(false)));
}

/// Says that a form of this page tells what was wrong.
pub fn told() {
    if let Some(told) = use_context::<Told>() {
        told.0.set_value(true);
    }
}

/// What no form of this page tells; after its forms are made.
pub fn untold() -> Option<AnyView> {
    let shown = use_context::<Told>().is_some_and(|told| told.0.get_value());
    let error: Option<AppError> = request::shared(move || request::refused_form().map(|form| form.error));
    let error = error.filter(|_| !shown)?;
    let t = texts();
    let lines = match &error {
        AppError::Invalid(errors) => errors.iter().map(|(_, problem)| problems::problem(t, problem)).collect(),
        other => vec![problems::sentence(t, other)],
    };
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let told = view! {
        <div class="error-summary" role="alert" tabindex="-1">
            <h2>{t.get(k::common::FORM_REFUSED)}</h2>
            <ul>{lines}</ul>
        </div>
    };
    Some(told.into_any())
}
