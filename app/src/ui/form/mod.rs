//! Forms that work without scripts and get better with them: one error summary, one sentence beside each wrong field,
//! and what was typed is kept.

use domain::error::AppError;
use leptos::{context::Provider, ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

mod specimen;

pub use specimen::FormSpecimen;

use super::{page::Refresh, problems};
use crate::{
    i18n::{k, texts},
    request::{self, RefusedForm},
};

/// What fields need to know of their form.
#[derive(Clone, Copy)]
struct FormContext {
    error: RwSignal<Option<AppError>>,
    pending: RwSignal<bool>,
    typed: StoredValue<Vec<(String, String)>>,
    group: StoredValue<String>,
    key: StoredValue<String>,
}

impl FormContext {
    /// A form that was sent without scripts and refused begins with what was typed and what was wrong.
    fn new(act: &'static str, group: String, key: String) -> Self {
        let shown = key.clone();
        let refused: Option<RefusedForm> =
            request::shared(move || request::refused_form().filter(|form| form.action == act && form.is_for(&shown)));
        let (error, typed) = refused.map_or((None, Vec::new()), |form| (Some(form.error), form.values));
        Self {
            error: RwSignal::new(error),
            pending: RwSignal::new(false),
            typed: StoredValue::new(typed),
            group: StoredValue::new(group),
            key: StoredValue::new(key),
        }
    }

    /// The name that is sent: a field of a list or map, `answers.0.note` to errors, is `answers[0][note]`.
    fn name(&self, field: &str) -> String {
        let mut parts = field.split('.');
        let first = parts.next().unwrap_or_default();
        let within: String = parts.map(|part| format!("[{part}]")).collect();
        self.group.with_value(|group| {
            if group.is_empty() { format!("{first}{within}") } else { format!("{group}[{first}]{within}") }
        })
    }

    fn id(&self, field: &str) -> String {
        self.key.with_value(|key| if key.is_empty() { field.to_owned() } else { format!("{field}-{key}") })
    }

    fn typed(&self, field: &str) -> Option<String> {
        let name = self.name(field);
        self.typed.with_value(|typed| typed.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()))
    }

    fn chosen(&self, field: &str, value: &str, before: bool) -> bool {
        let name = self.name(field);
        self.typed.with_value(|typed| {
            if typed.is_empty() {
                return before;
            }
            let list = format!("{name}[");
            typed.iter().any(|(key, typed)| (*key == name || key.starts_with(&list)) && typed == value)
        })
    }

    fn problem(self, field: impl Into<String>) -> Signal<Option<String>> {
        let (t, field) = (texts(), field.into());
        Signal::derive(move || match self.error.get()? {
            AppError::Invalid(errors) => errors.get(&field).map(|problem| problems::problem(t, problem)),
            _ => None,
        })
    }
}

/// A form of a server function. Fields stand between its tags, never in a `let` before it: they look for their form.
///
/// It sends itself as any form does, so that what the browser runs knows nothing of the server function but its address:
/// neither its arguments nor their encoding.
#[component]
pub fn Form(
    /// The address of the server function.
    act: &'static str,
    /// The name of the server function's one structured argument; empty when fields are arguments of their own.
    #[prop(optional, into)]
    group: String,
    /// Tells forms of the same act on one page apart; sent along as nothing.
    #[prop(optional, into)]
    key: String,
    /// Its id, for a button that stands outside of it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Further class names.
    #[prop(default = "form")]
    class: &'static str,
    /// Keeps what is typed in this browser tab until it is sent: a lost connection or a page that reloads loses nothing.
    #[prop(optional)]
    keep: bool,
    /// Loads the next page as a whole: after signing in, its language and its header are others.
    #[prop(optional)]
    anew: bool,
    /// Holds a file; such a form sends itself, `anew`.
    #[prop(optional)]
    files: bool,
    children: Children,
) -> impl IntoView {
    let context = FormContext::new(act, group, key);
    let (refresh, navigate) = (use_context::<Refresh>(), use_navigate());
    let form = NodeRef::<leptos::html::Form>::new();
    let name = StoredValue::new(format!("{act}#{}", context.key.get_value()));
    if keep {
        Effect::new(move || {
            if let Some(form) = form.get() {
                name.with_value(|name| request::keep_typed(&form, name));
            }
        });
    }
    let send = move |event: SubmitEvent| {
        if anew {
            // Whoever comes next on this computer finds nothing of what was typed.
            if !files {
                request::forget_all_typed();
            }
            return;
        }
        event.prevent_default();
        // A second press while the first is on its way is not a second act.
        if context.pending.get_untracked() {
            return;
        }
        context.pending.set(true);
        let navigate = navigate.clone();
        request::send_form(&event, act, move |outcome| {
            // The page may be gone by now, and its signals with it.
            let _ = context.pending.try_set(false);
            match outcome {
                Err(error) => {
                    let _ = context.error.try_set(Some(error));
                }
                Ok(next) => {
                    let _ = context.error.try_set(None);
                    if keep {
                        let _ = name.try_with_value(|name| request::forget_typed(name));
                    }
                    let stays = next.as_deref().is_none_or(request::is_here);
                    if let Some(refresh) = refresh.filter(|_| stays) {
                        refresh.0.update(|count| *count += 1);
                    }
                    if let Some(next) = next {
                        navigate(&next, NavigateOptions::default());
                    }
                }
            }
        });
    };
    view! {
        <form node_ref=form method="post" action=act id=id class=class novalidate=true
            enctype=files.then_some("multipart/form-data") data-anew=anew.then_some("") on:submit=send>
            <Summary context=context />
            <Provider value=context>{children()}</Provider>
        </form>
    }
}

/// Folds an act away that is not for every day; open when its form was just refused.
#[component]
pub fn Fold(
    /// What unfolds it.
    #[prop(into)]
    summary: String,
    /// The address of the server function of its form.
    act: &'static str,
    /// The key of its form, or a value that it sends alone among forms of the same act.
    #[prop(optional, into)]
    key: String,
    /// The key of the keyboard that opens it.
    #[prop(optional)]
    short: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let open =
        request::shared(move || request::refused_form().is_some_and(|form| form.action == act && form.is_for(&key)));
    view! {
        <details class="disclosure" data-key=short open=open>
            <summary>{summary}</summary>
            {children()}
        </details>
    }
}

/// What is wrong, at the top, with links to the fields.
#[component]
fn Summary(context: FormContext) -> impl IntoView {
    let target = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        if context.error.get().is_some()
            && let Some(node) = target.get()
        {
            drop(node.focus());
        }
    });
    move || context.error.get().map(|error| problems_told(context, &error, target))
}

/// The box of the summary.
fn problems_told(context: FormContext, error: &AppError, target: NodeRef<leptos::html::Div>) -> AnyView {
    let t = texts();
    let lines = match error {
        AppError::Invalid(errors) => errors
            .iter()
            .map(|(field, problem)| {
                let label = problems::field_name(t, field);
                let href = format!("#{}", context.id(field));
                view! { <li><a href=href rel="external">{label}</a>{problems::separator(t)}{problems::problem(t, problem)}</li> }
            })
            .collect_view()
            .into_any(),
        other => view! { <li>{problems::sentence(t, other)}</li> }.into_any(),
    };
    view! {
        <div class="error-summary" role="alert" tabindex="-1" node_ref=target>
            <h2>{t.get(k::common::FORM_REFUSED)}</h2>
            <ul>{lines}</ul>
        </div>
    }
    .into_any()
}

#[component]
fn FieldError(id: String, problem: Signal<Option<String>>) -> impl IntoView {
    move || {
        problem.get().map(|sentence| {
            view! {
                <p class="field__error" id=format!("{id}-erreur")>
                    <super::Icon name="i-warning" />
                    <span>{sentence}</span>
                </p>
            }
        })
    }
}

fn described(id: &str, hint: bool, problem: Signal<Option<String>>) -> impl Fn() -> Option<String> + use<> {
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
            under: String::new(),
        }
    }

    /// With a sentence more.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
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
    name: &'static str,
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
    let (id, problem) = (context.id(name), context.problem(name));
    let describedby = described(&id, !hint.is_empty(), problem);
    let kind = if several { "checkbox" } else { "radio" };
    let html_name = context.name(name) + if several { "[]" } else { "" };
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
            let checked = !choice.disabled && context.chosen(name, &choice.value, choice.chosen);
            let choice_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
            let label_for = choice_id.clone();
            view! {
                {head}
                <label class="choice" for=label_for>
                    <input type=kind id=choice_id name=html_name.clone() value=choice.value checked=checked disabled=choice.disabled
                        aria-describedby=group_id.clone() />
                    <span class="choice__title">{choice.title}</span>
                    {(!choice.hint.is_empty()).then(|| view! { <span class="choice__hint">{choice.hint}</span> })}
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

/// A value that is sent along unseen.
#[component]
pub fn Hidden(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// Its value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    view! { <input type="hidden" name=context.name(&name) value=value /> }
}

/// A value outside the form's group that is sent along unseen: the id of what the act is about.
#[component]
pub fn Subject(
    /// The argument's name.
    name: &'static str,
    /// Its value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }
}

/// The button that sends the form.
#[component]
pub fn Submit(
    /// A verb.
    #[prop(into)]
    label: String,
    /// Class names after `btn`.
    #[prop(default = "btn--primary")]
    class: &'static str,
    /// A name and value that tell which button was pressed.
    #[prop(optional)]
    choice: Option<(&'static str, String)>,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let (name, value) = choice.map_or((None, None), |(name, value)| (Some(name), Some(value)));
    view! {
        <button class=format!("btn {class}") type="submit" name=name value=value
            aria-busy=move || context.pending.get().then_some("true")>
            {label}
        </button>
    }
}
