//! Questions whose answers are in sight.

use leptos::prelude::*;

use super::{
    FormContext,
    fields::{FieldError, described},
};

/// One of the answers of [`Choices`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value sent.
    pub value: String,
    /// What a person reads.
    pub title: String,
    /// A sentence more, may be empty.
    pub hint: String,
    /// Chosen before any click.
    pub chosen: bool,
    /// Cannot be chosen; the hint says why.
    pub disabled: bool,
    /// A page about it, and what its link says.
    pub link: Option<(String, String)>,
    /// The name of the group it stands in; empty without groups. Those of a group follow each other.
    pub under: String,
}

impl Choice {
    /// An answer that can be chosen.
    pub fn new(value: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            title: title.into(),
            hint: String::new(),
            chosen: false,
            disabled: false,
            link: None,
            under: String::new(),
        }
    }

    /// With a sentence more.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// With a link to a page about it.
    #[must_use]
    pub fn link(mut self, link: Option<(String, String)>) -> Self {
        self.link = link;
        self
    }

    /// Chosen before any click.
    #[must_use]
    pub const fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    /// In a group with a name.
    #[must_use]
    pub fn under(mut self, group: impl Into<String>) -> Self {
        self.under = group.into();
        self
    }

    /// Shown but out of reach.
    #[must_use]
    pub const fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

/// A question with its answers in sight: one (radio) or several (checkboxes).
#[component]
pub fn Choices(
    /// The field's name, as errors call it.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// The answers.
    choices: Vec<Choice>,
    /// Several may be chosen.
    #[prop(optional)]
    several: bool,
    /// How to answer.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let (id, problem) = (context.id(&name), context.problem(name.clone()));
    let describedby = described(&id, !hint.is_empty(), problem);
    let kind = if several { "checkbox" } else { "radio" };
    let html_name = context.name(&name) + if several { "[]" } else { "" };
    let (mut group, mut group_id) = (String::new(), None);
    let choices = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let head = (group != choice.under).then(|| {
                group.clone_from(&choice.under);
                group_id = Some(format!("{id}-groupe-{index}"));
                view! { <p class="choices__group" id=group_id.clone()>{choice.under.clone()}</p> }
            });
            let checked = !choice.disabled && context.chosen(&name, &choice.value, choice.chosen);
            let choice_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
            let label_for = choice_id.clone();
            view! {
                {head}
                <label class="choice" for=label_for>
                    <input type=kind id=choice_id name=html_name.clone() value=choice.value checked=checked disabled=choice.disabled
                        aria-describedby=group_id.clone() />
                    <span class="choice__title">{choice.title}</span>
                    {(!choice.hint.is_empty()).then(|| view! { <span class="choice__hint">{choice.hint}</span> })}
                    {choice.link.map(|(href, name)| view! { <a class="choice__hint" href=href>{name}</a> })}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices" class:field--error=move || problem.get().is_some() aria-describedby=describedby>
            <legend>{legend}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint" id=format!("{id}-aide")>{hint}</p> })}
            <FieldError id=id problem=problem />
            {choices}
        </fieldset>
    }
}

/// A question whose answers are boxes in the rows of a table, each a [`RowCheck`] of the same name.
#[component]
pub fn RowChoices(
    /// The field's name, as errors call it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    legend: String,
    children: Children,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let (id, problem) = (context.id(name), context.problem(name));
    let describedby = described(&id, false, problem);
    view! {
        <fieldset class="choices" class:field--error=move || problem.get().is_some() aria-describedby=describedby>
            <legend>{legend}</legend>
            <FieldError id=id problem=problem />
            {children()}
        </fieldset>
    }
}

/// The box of a row.
#[component]
pub fn RowCheck(
    /// The field's name, as errors call it.
    name: &'static str,
    /// The value sent.
    #[prop(into)]
    value: String,
    /// What the box chooses; the row says it to those who see it.
    #[prop(into)]
    label: String,
    /// The first of the table, to which the summary of what is wrong leads.
    first: bool,
    /// Ticked before any click.
    ticked: bool,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let (id, html_name) = (first.then(|| context.id(name)), context.name(name) + "[]");
    let checked = context.chosen(name, &value, ticked);
    view! {
        <label class="check">
            <input type="checkbox" id=id name=html_name value=value checked=checked />
            <span class="visually-hidden">{label}</span>
        </label>
    }
}

/// One box to tick; sends `yes`.
#[component]
pub fn Check(
    /// The field's name, as errors call it.
    #[prop(into)]
    name: String,
    /// What is said by ticking.
    #[prop(into)]
    label: String,
    /// Ticked before any click.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let (id, problem) = (context.id(&name), context.problem(name.clone()));
    let checked = context.chosen(&name, "yes", checked);
    view! {
        <div class="field" class:field--error=move || problem.get().is_some()>
            <FieldError id=id.clone() problem=problem />
            <label class="check" for=id.clone()>
                <input type="checkbox" id=id.clone() name=context.name(&name) value="yes" checked=checked
                    aria-describedby=described(&id, false, problem)
                    aria-invalid=move || problem.get().is_some().then_some("true") />
                <span>{label}</span>
            </label>
        </div>
    }
}
