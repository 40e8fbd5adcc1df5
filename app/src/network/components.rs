//! What several pages of the network show.

use domain::network::{MunicipalitySettings, TownFigures};
use leptos::{prelude::*, server_fn::ServerFn};

use super::SaveTownSettings;
use crate::{
    i18n::{Texts, k::common as c, k::network as n, texts},
    ui::{Check, Choice, Choices, Field, Form, Subject, Submit, time},
};

/// The settings of a town, to edit; `next` is the page that shows them.
#[component]
pub fn SettingsForm(
    /// INSEE code.
    insee: String,
    /// The page to come back to.
    next: String,
    /// The values before any typing.
    settings: MunicipalitySettings,
) -> impl IntoView {
    let t = texts();
    view! {
        <Form act=SaveTownSettings::url() group="form">
            <Subject name="insee" value=insee />
            <Subject name="next" value=next />
            <fieldset>
                <legend>{t.get(n::SERVICE)}</legend>
            <Field name="service_name" label=t.get(n::SERVICE_NAME) value=settings.service_name autocomplete="organization" />
            <div class="form__row">
                <Field name="service_email" kind="email" label=t.get(n::SERVICE_EMAIL) value=settings.service_email optional=true autocomplete="email" />
                <Field name="service_phone" kind="tel" label=t.get(n::SERVICE_PHONE) value=settings.service_phone optional=true autocomplete="tel" />
            </div>
            <Field name="opening_days" label=t.get(n::OPENING_DAYS) hint=t.get(n::OPENING_DAYS_HINT) value=settings.opening_days optional=true />
            </fieldset>
            <fieldset>
                <legend>{t.get(n::REVIEWS)}</legend>
            <Field name="review_hours" label=t.get(n::REVIEW_HOURS) hint=t.get(n::REVIEW_HOURS_HINT) value=settings.review_hours inputmode="numeric" />
            <Choices name="work_days" several=true legend=t.get(n::WORK_DAYS) hint=t.get(n::WORK_DAYS_HINT) choices=work_days(t, &settings.work_days) />
            <Field name="reminder_hours" label=t.get(n::REMINDER_HOURS) hint=t.get(n::REMINDER_HOURS_HINT) value=settings.reminder_hours inputmode="numeric" />
            <Field name="escalation_email" kind="email" label=t.get(n::ESCALATION_EMAIL) hint=t.get(n::ESCALATION_EMAIL_HINT) value=settings.escalation_email optional=true />
            <Check name="self_review" label=t.get(n::SELF_REVIEW) checked=settings.self_review == "yes" />
            <p class="field__hint">{t.get(n::SELF_REVIEW_HINT)}</p>
            </fieldset>
            <fieldset>
                <legend>{t.get(n::NEIGHBOURHOODS)}</legend>
            <Field name="neighbourhoods" kind="textarea" rows=10 label=t.get(n::NEIGHBOURHOODS_FIELD) hint=t.get(n::NEIGHBOURHOODS_HINT) value=settings.neighbourhoods optional=true />
            </fieldset>
            <Submit label=t.get(c::SAVE) />
        </Form>
    }
}

fn work_days(t: Texts, chosen: &[String]) -> Vec<Choice> {
    (1..=7)
        .map(|number: u8| {
            let value = number.to_string();
            let here = chosen.contains(&value);
            Choice::new(value, time::weekday(t.0, number)).chosen(here)
        })
        .collect()
}

/// The figures of a town.
#[component]
pub fn Figures(
    /// Them.
    of: TownFigures,
) -> impl IntoView {
    let t = texts();
    let (taken, places) = of.places;
    let plain = [
        (of.coordinators, n::COORDINATORS_COUNT),
        (of.organisations, n::ORGANISATIONS_COUNT),
        (of.published, n::PUBLISHED_COUNT),
        (of.waiting, n::WAITING_COUNT),
        (of.applications, n::APPLICATIONS_COUNT),
    ]
    .map(
        |(count, label)| view! { <div class="figure"><dt>{t.count(label, count)}</dt><dd>{t.number(count)}</dd></div> },
    )
    .into_iter()
    .collect_view();
    let overdue = if of.overdue > 0 { "figure figure--urgent" } else { "figure" };
    view! {
        <dl class="figures">
            {plain}
            <div class=overdue><dt>{t.count(n::OVERDUE_COUNT, of.overdue)}</dt><dd>{t.number(of.overdue)}</dd></div>
            <div class="figure"><dt>{t.with(n::PLACES_COUNT, &[("places", &t.number(places))])}</dt><dd>{t.number(taken)}</dd></div>
        </dl>
    }
}
