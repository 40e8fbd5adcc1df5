use domain::error::{AppError, FieldErrors};
use leptos::{context::Provider, prelude::*};

use super::{FormContext, problems_told};
use crate::request;

/// A form of the page's address: it asks, and writes nothing, so that its answer can be kept and shared. Its fields say what
/// is wrong with what the address asks.
#[component]
pub fn Asking(
    /// Where it asks.
    action: String,
    /// What each field, as errors call it, is called in the address.
    names: fn(&str) -> &str,
    /// What the address says, by those names; nothing before anything is asked.
    asked: Vec<(String, String)>,
    /// What is wrong with it.
    errors: FieldErrors,
    children: Children,
) -> impl IntoView {
    let error = (!errors.is_empty()).then_some(AppError::Invalid(errors));
    let told = error.clone();
    if let Some(error) = &error {
        request::set_status(error.status());
    }
    let context = FormContext {
        error: RwSignal::new(error),
        pending: RwSignal::new(false),
        typed: StoredValue::new(asked),
        group: StoredValue::new(String::new()),
        key: StoredValue::new(String::new()),
        names,
    };
    let summary = told.map(|error| problems_told(context, &error, NodeRef::new()));
    view! { <form class="form" method="get" action=action novalidate=true>{summary}<Provider value=context>{children()}</Provider></form> }
}
