use domain::{crisis::MeasuresForm, missions::Term};
use leptos::prelude::*;

use crate::{
    i18n::{k::crisis as c, texts},
    ui::{Choice, Choices, Field},
};

/// Everything of a draft.
#[component]
pub fn MeasuresFields(
    /// What it begins with.
    form: MeasuresForm,
    /// Domains to choose from.
    domains: Vec<Term>,
) -> impl IntoView {
    let t = texts();
    let limits = vec![
        Choice::new("some", t.get(c::LIMIT_SOME)).hint(t.get(c::LIMIT_SOME_HINT)).chosen(form.limit == "some"),
        Choice::new("all", t.get(c::LIMIT_ALL)).chosen(form.limit == "all"),
    ];
    let domains = domains
        .into_iter()
        .map(|term| Choice::new(term.code.clone(), term.label).chosen(form.domains.contains(&term.code)))
        .collect();
    view! {
        <Field name="title" label=t.get(c::NAME_LABEL) hint=t.get(c::NAME_HINT) value=form.title.clone() />
        <Field name="first_day" kind="date" label=t.get(c::FIRST_DAY_LABEL) value=form.first_day.clone() />
        <LastDay form=form.clone() />
        <Choices name="limit" legend=t.get(c::LIMIT_LABEL) choices=limits />
        <Choices name="domains" several=true legend=t.get(c::DOMAINS_LABEL) choices=domains />
        <Field name="remote_from_age" inputmode="numeric" label=t.get(c::AGE_LABEL) hint=t.get(c::AGE_HINT) value=form.remote_from_age.clone() optional=true />
        <Field name="largest_group" inputmode="numeric" label=t.get(c::GROUP_LABEL) hint=t.get(c::GROUP_HINT) value=form.largest_group.clone() optional=true />
        <Wording form=form />
    }
}

/// What may still change while measures hold.
#[component]
pub fn AmendFields(
    /// As it is.
    form: MeasuresForm,
) -> impl IntoView {
    view! { <LastDay form=form.clone() /><Wording form=form /> }
}

#[component]
fn LastDay(form: MeasuresForm) -> impl IntoView {
    let t = texts();
    view! { <Field name="last_day" kind="date" label=t.get(c::LAST_DAY_LABEL) hint=t.get(c::LAST_DAY_HINT) value=form.last_day /> }
}

#[component]
fn Wording(form: MeasuresForm) -> impl IntoView {
    let t = texts();
    let english = t.get(c::ENGLISH_HINT);
    view! {
        <Field name="rules_fr" kind="textarea" rows=5 label=t.get(c::RULES_FR_LABEL) hint=t.get(c::RULES_HINT) value=form.rules_fr optional=true />
        <Field name="rules_en" kind="textarea" rows=5 label=t.get(c::RULES_EN_LABEL) hint=english value=form.rules_en optional=true />
        <Field name="banner_fr" label=t.get(c::BANNER_FR_LABEL) hint=t.get(c::BANNER_HINT) value=form.banner_fr />
        <Field name="banner_en" label=t.get(c::BANNER_EN_LABEL) hint=english value=form.banner_en optional=true />
    }
}
