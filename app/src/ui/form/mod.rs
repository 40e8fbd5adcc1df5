//! Forms that work without scripts and get better with them: one error summary, one sentence beside each wrong field,
//! and what was typed is kept.

use domain::error::AppError;
use leptos::{context::Provider, ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

mod asking;
mod choices;
mod fields;
mod grid;
mod linked;
mod specimen;

pub use asking::Asking;
pub use choices::{Check, Choice, Choices, RowCheck, RowChoices};
pub use fields::{Field, FileField, Select};
pub use grid::CheckGrid;
pub use linked::LinkedSelect;
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
    /// What a field is called where it is sent.
    names: fn(&str) -> &str,
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
            names: |field| field,
        }
    }

    /// The name that is sent: a field of a list or map, `answers.0.note` to errors, is `answers[0][note]`.
    fn name(&self, field: &str) -> String {
        let mut parts = field.split('.');
        let first = (self.names)(parts.next().unwrap_or_default());
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

/// The line of a list that was sent with this value in this field, when the form was refused: `typed_line("lines",
/// "application", id)` finds `form[lines][3][application]=id`. To be asked between the tags of the form.
pub fn typed_line(list: &str, field: &str, value: &str) -> Option<usize> {
    let context = use_context::<FormContext>()?;
    let (before, after) = (format!("{}[", context.name(list)), format!("][{field}]"));
    context.typed.with_value(|typed| {
        let line = |(key, typed): &(String, String)| {
            (typed == value).then(|| key.strip_prefix(&before)?.strip_suffix(&after)?.parse().ok()).flatten()
        };
        typed.iter().find_map(line)
    })
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
    /// The browser puts nothing back when the page is loaded again: lines about people may stand elsewhere by then, and it
    /// goes by their order.
    #[prop(optional)]
    fresh: bool,
    /// Loads the next page as a whole: after signing in, its language and its header are others.
    #[prop(optional)]
    anew: bool,
    /// Another form of the page, by its id, of which the fields of this name are sent along.
    #[prop(optional)]
    beside: Option<(&'static str, &'static str)>,
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
        request::send_form(&event, act, beside, move |outcome| {
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
        <form node_ref=form method="post" action=act id=id class=class novalidate=true autocomplete=fresh.then_some("off")
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
