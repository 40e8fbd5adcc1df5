//! What both pages show.

use domain::{
    error::FieldErrors,
    figures::{Ask, Chart, Measures, PRESETS, Period, Week},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    i18n::{Plural, Text, Texts, k, k::figures as f, texts},
    missions::mission_state,
    request, routes,
    ui::{
        BarTable, Icon,
        chart::{BarChart, Label, Series},
        problems, time,
    },
};

/// What the address asks.
pub(super) fn asked() -> Memo<Ask> {
    let query = use_query_map();
    Memo::new(move |_| {
        let get = |name: &str| query.read().get(name).unwrap_or_default();
        Ask { weeks: get("semaines"), from: get("du"), to: get("au") }
    })
}

/// The same as the query of an address.
pub(super) fn query(ask: &Ask) -> String {
    match ask.preset() {
        Some(weeks) => format!("?semaines={weeks}"),
        None => format!("?du={}&au={}", routes::encode(&ask.from), routes::encode(&ask.to)),
    }
}

/// The period in words.
pub(super) fn lead(t: Texts, period: Period) -> String {
    let day = |day| time::date(t.locale(), day);
    t.with(f::LEAD, &[("from", &day(period.first())), ("to", &day(period.last()))])
}

/// The form of the period: of the address, so that it works without scripts and can be kept.
#[component]
pub(super) fn PeriodForm(action: String, ask: Ask, errors: FieldErrors) -> impl IntoView {
    let t = texts();
    if !errors.is_empty() {
        request::set_status(422);
    }
    let preset = ask.preset();
    let options = PRESETS
        .map(|weeks| {
            let selected = preset == Some(weeks);
            view! { <option value=weeks.to_string() selected=selected>{t.count(f::WEEKS_CHOICE, weeks)}</option> }
        })
        .into_iter()
        .collect_view();
    let told = (!errors.is_empty()).then(|| view! { <Refused errors=errors.clone() /> });
    view! {
        {told}
        <form class="form" method="get" action=action>
            <fieldset>
                <legend>{t.get(f::PERIOD)}</legend>
                <div class="form__row">
                    <div class="field">
                        <label class="field__label" for="semaines">{t.get(f::WEEKS)}</label>
                        <p class="field__hint" id="semaines-aide">{t.get(f::WEEKS_HINT)}</p>
                        <select class="field__input" id="semaines" name="semaines" aria-describedby="semaines-aide">{options}</select>
                    </div>
                    <DayField name="du" label=f::FROM value=ask.from problem=errors.get("from").map(|problem| problems::problem(t, problem)) />
                    <DayField name="au" label=f::TO value=ask.to problem=errors.get("to").map(|problem| problems::problem(t, problem)) />
                </div>
                <p class="field__hint" id="jours-aide">{t.get(f::DAYS_HINT)}</p>
                <button class="btn btn--primary" type="submit">{t.get(f::SHOW)}</button>
            </fieldset>
        </form>
    }
}

/// What was wrong with the period, with links to its fields.
#[component]
fn Refused(errors: FieldErrors) -> impl IntoView {
    let t = texts();
    let lines = errors
        .iter()
        .map(|(field, problem)| {
            let (href, label) = if field == "from" { ("#du", f::FROM) } else { ("#au", f::TO) };
            view! {
                <li>
                    <a href=href rel="external">{t.get(label)}</a>{problems::separator(t)}{problems::problem(t, problem)}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="error-summary" role="alert">
            <h2>{t.get(k::common::FORM_REFUSED)}</h2>
            <ul>{lines}</ul>
        </div>
    }
}

#[component]
fn DayField(name: &'static str, label: Text, value: String, problem: Option<String>) -> impl IntoView {
    let t = texts();
    let error = format!("{name}-erreur");
    let described = if problem.is_some() { format!("{error} jours-aide") } else { "jours-aide".to_owned() };
    let invalid = problem.is_some().then_some("true");
    let told = problem.clone().map(|problem| {
        view! { <p class="field__error" id=error><Icon name="i-warning" /><span>{problem}</span></p> }
    });
    view! {
        <div class="field" class:field--error=problem.is_some()>
            <label class="field__label" for=name>{t.get(label)}" "<span class="field__optional">{t.get(k::common::OPTIONAL)}</span></label>
            {told}
            <input class="field__input" id=name name=name type="date" value=value aria-invalid=invalid aria-describedby=described />
        </div>
    }
}

/// The file for a spreadsheet.
#[component]
pub(super) fn CsvLink(href: String) -> impl IntoView {
    let t = texts();
    view! {
        <p>
            <a class="btn" href=href rel="external" download=""><Icon name="i-download" />{t.get(f::CSV)}</a>
            " "<span class="muted">{t.get(f::CSV_HINT)}</span>
        </p>
    }
}

/// A number of percent, or a dash.
pub(super) fn percent(t: Texts, of: Option<u32>) -> String {
    of.map_or_else(|| t.get(f::NOTHING).to_owned(), |n| t.with(f::PERCENT, &[("n", &n.to_string())]))
}

/// A number of hours, or a dash.
pub(super) fn hours(t: Texts, of: Option<u32>) -> String {
    of.map_or_else(|| t.get(f::NOTHING).to_owned(), |n| t.with(f::HOURS_SHORT, &[("n", &t.number(n))]))
}

/// The figures of the whole period.
#[component]
pub(super) fn Whole(of: Measures) -> impl IntoView {
    let t = texts();
    let counted = |key: Plural, n: u32| (t.number(n), t.count(key, n));
    let share = |key: Text, part: u32, all: u32| t.with(key, &[("n", &t.number(part)), ("all", &t.number(all))]);
    let decided = of.decisions.all();
    let figures = [
        counted(f::DECIDED, decided),
        (percent(t, of.percent_in_time()), share(f::IN_TIME_SHARE, of.in_time, decided)),
        (hours(t, of.median), t.get(f::MEDIAN).to_owned()),
        (hours(t, of.ninetieth), t.get(f::NINETIETH).to_owned()),
        counted(f::APPLICATIONS_COUNT, of.applications),
        (percent(t, of.percent_filled()), share(f::FILLED_SHARE, of.filled, of.places)),
        counted(f::VOLUNTEERS_COUNT, of.volunteers),
        counted(f::GIVEN_COUNT, of.given),
        counted(f::HOURS_COUNT, of.hours),
    ]
    .map(|(figure, label)| view! { <div class="figure"><dt>{label}</dt><dd>{figure}</dd></div> })
    .into_iter()
    .collect_view();
    view! { <dl class="figures">{figures}</dl> }
}

/// Missions by state, now.
#[component]
pub(super) fn States(chart: Chart) -> impl IntoView {
    let t = texts();
    let lines = chart.states.into_iter().map(|(state, n)| (t.get(mission_state(state)).to_owned(), n)).collect();
    view! { <BarTable title=t.get(f::STATES) of=t.get(f::STATE) unit=t.get(f::MISSIONS) lines=lines /> }
}

fn label(t: Texts, week: Week) -> Label {
    let monday = week.monday();
    let day = time::day_month(t.locale(), monday);
    (time::short(monday), t.with(f::WEEK_OF, &[("day", &day)]))
}

/// What happened, week by week.
#[component]
pub(super) fn Weeks(chart: Chart) -> impl IntoView {
    let t = texts();
    let labels: Vec<Label> = chart.weeks.iter().map(|(week, _)| label(t, *week)).collect();
    let part = |name: Text, value: fn(&Measures) -> u32| {
        Series::new(t.get(name), chart.weeks.iter().map(|(_, measures)| value(measures)))
    };
    let decisions = vec![
        part(f::GREEN_LIGHTS, |of| of.decisions.green_light),
        part(f::CHANGES, |of| of.decisions.changes_requested),
        part(f::REFUSALS, |of| of.decisions.refused),
    ];
    let delay = vec![Series {
        name: t.get(f::MEDIAN_HOURS).to_owned(),
        values: chart.weeks.iter().map(|(_, measures)| measures.median).collect(),
    }];
    let places = vec![part(f::FILLED, |of| of.filled), part(f::FREE, |of| of.places.saturating_sub(of.filled))];
    let charts = [
        ("decisions", f::DECISIONS, decisions),
        ("delai", f::DELAY, delay),
        ("places", f::PLACES_CHART, places),
        ("volontaires", f::VOLUNTEERS_CHART, vec![part(f::VOLUNTEERS, |of| of.volunteers)]),
        ("validees", f::GIVEN_CHART, vec![part(f::GIVEN, |of| of.given)]),
        ("heures", f::HOURS_CHART, vec![part(f::HOURS, |of| of.hours)]),
    ]
    .map(|(id, title, parts)| {
        view! { <BarChart id=id title=t.get(title) of=t.get(f::WEEK) labels=labels.clone() parts=parts /> }
    })
    .into_iter()
    .collect_view();
    let lines: Vec<_> = chart.used.iter().map(|used| (used.label.clone(), used.quantity)).collect();
    let used = (!lines.is_empty()).then(|| {
        view! { <BarTable title=t.get(f::USED) of=t.get(f::USED_TYPE) unit=t.get(f::USED_QUANTITY) lines=lines /> }
    });
    let by_week = chart.used.into_iter().enumerate().map(|(index, used)| {
        let title = t.with(f::USED_COLUMN, &[("label", &used.label)]);
        let parts = vec![Series::new(used.label, used.weeks)];
        view! { <BarChart id=format!("materiel-{index}") title=title of=t.get(f::WEEK) labels=labels.clone() parts=parts /> }
    });
    view! { <div class="charts">{charts}{used}{by_week.collect_view()}</div> }
}

/// What the figures count.
#[component]
pub(super) fn How() -> impl IntoView {
    let t = texts();
    let lines =
        [f::HOW_DECIDED, f::HOW_DELAY, f::HOW_PLACES, f::HOW_VOLUNTEERS, f::HOW_GIVEN, f::HOW_HOURS, f::HOW_USED]
            .map(|text| view! { <li>{t.get(text)}</li> })
            .into_iter()
            .collect_view();
    view! { <details class="disclosure"><summary>{t.get(f::HOW)}</summary><ul class="prose">{lines}</ul></details> }
}
