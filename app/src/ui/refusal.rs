//! A form sent without scripts whose act was refused, on a page where that form does not stand any more: an act that could
//! be done once, a line that is gone. What was wrong is told at the head of the page then.

use domain::error::AppError;
use leptos::prelude::*;

use super::problems;
use crate::{
    i18n::{k, texts},
    request,
};

/// What no form of this page tells.
#[component]
pub fn Untold() -> impl IntoView {
    let t = texts();
    let error = request::shared(|| request::refused_form().filter(|form| form.untold).map(|form| form.error));
    error.map(|error: AppError| {
        let lines = match &error {
            AppError::Invalid(errors) => errors.iter().map(|(_, problem)| problems::problem(t, problem)).collect(),
            other => vec![problems::sentence(t, other)],
        };
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <div class="error-summary" role="alert" tabindex="-1">
                <h2>{t.get(k::common::FORM_REFUSED)}</h2>
                <ul>{lines}</ul>
            </div>
        }
    })
}
