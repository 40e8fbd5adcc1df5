use domain::error::AppError;
use leptos::{context::Provider, prelude::*};

use super::{FormContext, problems_told};

/// Fields in a given state, with no act behind them: for the gallery. Nothing is sent, and no focus is taken.
#[component]
pub fn FormSpecimen(
    /// Tells the specimens of one page apart.
    key: &'static str,
    /// What was wrong.
    #[prop(optional, into)]
    error: Option<AppError>,
    /// Shown as while it is being sent.
    #[prop(optional)]
    pending: bool,
    children: Children,
) -> impl IntoView {
    let told = error.clone();
    let context = FormContext {
        error: RwSignal::new(error),
        pending: RwSignal::new(pending),
        typed: StoredValue::new(Vec::new()),
        // Radio buttons of the same name exclude each other across the page, outside of forms.
        group: StoredValue::new(key.to_owned()),
        key: StoredValue::new(key.to_owned()),
        names: |field| field,
    };
    let summary = told.map(|error| problems_told(context, &error, NodeRef::new()));
    view! { <div class="form">{summary}<Provider value=context>{children()}</Provider></div> }
}
