use leptos::prelude::*;

use super::{
    FormContext,
    fields::{FieldError, described},
};

/// Boxes to tick in rows and columns: the parts of a week. What is sent of a box is `row-column`.
#[component]
pub fn CheckGrid(
    /// The field's name, as errors call it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// How to answer.
    #[prop(into)]
    hint: String,
    /// Values of the rows with what a person reads.
    rows: Vec<(String, String)>,
    /// Values of the columns with what a person reads.
    columns: Vec<(String, String)>,
    /// The boxes that are ticked before any click.
    chosen: Vec<String>,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let (id, problem) = (context.id(name), context.problem(name));
    let describedby = described(&id, true, problem);
    let html_name = context.name(name) + "[]";
    let heads = columns.iter().map(|(_, label)| view! { <th scope="col">{label.clone()}</th> }).collect_view();
    let mut first = Some(id.clone());
    let lines = rows
        .into_iter()
        .map(|(row, label)| {
            let cells = columns
                .iter()
                .map(|(column, head)| {
                    let value = format!("{row}-{column}");
                    let checked = context.chosen(name, &value, chosen.contains(&value));
                    view! {
                        <td><label>
                            <input type="checkbox" id=first.take() name=html_name.clone() value=value checked=checked />
                            <span class="visually-hidden">{format!("{label} {head}")}</span>
                        </label></td>
                    }
                })
                .collect_view();
            view! { <tr><th scope="row">{label}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <fieldset class="choices" class:field--error=move || problem.get().is_some() aria-describedby=describedby>
            <legend>{legend}</legend>
            <p class="field__hint" id=format!("{id}-aide")>{hint}</p>
            <FieldError id=id problem=problem />
            <table class="check-grid">
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </fieldset>
    }
}
