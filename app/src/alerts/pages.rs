use domain::alerts::{AlertForm, AlertRow, AlertSummary, AlertsPage as Own, MAX_ALERTS, Pace, StoppedAlert};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    alerts::{RemoveAlert, SaveAlert, StopAlert, load_alerts, load_stopping},
    i18n::{Text, Texts, k, k::alerts as a, k::search as s, texts},
    routes,
    ui::{
        Choice, Choices, Field, Fold, Form, Page, Select, Subject, Submit, Time,
        page::{load, loaded, param},
        time,
    },
};

/// Codes with what a person reads.
type Options = Vec<(String, String)>;

/// One's own saved searches, and a new one that begins with the filters of the address.
#[component]
pub fn AlertsPage() -> impl IntoView {
    loaded(load(|| (), |()| load_alerts()), |own| view! { <Shown own=own /> })
}

#[component]
fn Shown(own: Own) -> impl IntoView {
    let t = texts();
    let trail = vec![(t.get(k::frame::MY_SPACE).to_owned(), routes::MY_SPACE.to_owned())];
    let domains: Options = own.domains.into_iter().map(|term| (term.code, term.label)).collect();
    let towns: Options = own.towns.into_iter().map(|town| (town.insee, town.name)).collect();
    let full = own.alerts.len() >= MAX_ALERTS;
    let kept = own
        .alerts
        .into_iter()
        .map(|alert| view! { <li><One alert=alert domains=domains.clone() towns=towns.clone() /></li> })
        .collect::<Vec<_>>();
    let list = (!kept.is_empty()).then(|| view! { <ul class="plain-list stack" role="list">{kept}</ul> });
    let new = if full {
        view! { <p class="notice notice--info">{t.get(k::problems::TOO_MANY_ALERTS)}</p> }.into_any()
    } else {
        view! {
            <section>
                <h2>{t.get(a::NEW)}</h2>
                <Fields id="new" form=asked() domains=domains towns=towns />
            </section>
        }
        .into_any()
    };
    view! { <Page title=t.get(a::TITLE) lead=t.get(a::LEAD) narrow=true trail=trail>{list}{new}</Page> }
}

/// The filters that the link from the search brought along.
fn asked() -> AlertForm {
    let map = use_query_map();
    let map = map.read_untracked();
    let get = |name: &str| map.get(name).unwrap_or_default();
    AlertForm {
        words: get("mots"),
        domain: get("domaine"),
        town: get("commune"),
        from: get("date"),
        remote: get("distance"),
        pace: Pace::Daily.to_string(),
    }
}

const fn pace_name(pace: Pace) -> (Text, Text) {
    match pace {
        Pace::AtOnce => (a::AT_ONCE, a::AT_ONCE_HINT),
        Pace::Daily => (a::DAILY, a::DAILY_HINT),
        Pace::Weekly => (a::WEEKLY, a::WEEKLY_HINT),
    }
}

/// The fields of a search; `new` for one that is not kept yet.
#[component]
fn Fields(#[prop(into)] id: String, form: AlertForm, domains: Options, towns: Options) -> impl IntoView {
    let t = texts();
    let any = move |name: Text, options: Options| {
        std::iter::once((String::new(), t.get(name).to_owned())).chain(options).collect::<Options>()
    };
    let distances =
        vec![("no".to_owned(), t.get(s::ON_SITE).to_owned()), ("yes".to_owned(), t.get(s::REMOTE).to_owned())];
    let paces = Pace::ALL
        .iter()
        .map(|pace| {
            let (name, hint) = pace_name(*pace);
            Choice::new(pace.as_str(), t.get(name)).hint(t.get(hint)).chosen(form.pace == pace.as_str())
        })
        .collect();
    view! {
        <Form act=SaveAlert::url() group="form" key=id.clone()>
            <Subject name="id" value=id />
            <Field name="words" label=t.get(s::WORDS) value=form.words optional=true />
            <Select name="domain" label=t.get(s::DOMAIN) options=any(s::ALL_DOMAINS, domains) value=form.domain optional=true />
            <Select name="town" label=t.get(s::TOWN) options=any(s::ALL_TOWNS, towns) value=form.town optional=true />
            <Select name="remote" label=t.get(s::WHERE) options=any(s::ANYWHERE, distances) value=form.remote optional=true />
            <Field name="from" kind="date" label=t.get(s::FROM) value=form.from optional=true />
            <Choices name="pace" legend=t.get(a::PACE) hint=t.get(a::PACE_HINT) choices=paces />
            <Submit label=t.get(a::SAVE) />
        </Form>
    }
}

/// What a search asks, in one line.
fn summary(t: Texts, form: &AlertForm, domains: &Options, towns: &Options) -> String {
    let label = |options: &Options, code: &str| {
        options.iter().find(|(known, _)| known == code).map(|(_, label)| label.clone()).unwrap_or_default()
    };
    let words = if form.words.is_empty() { String::new() } else { t.with(a::WORDS, &[("words", &form.words)]) };
    let place = match form.remote.as_str() {
        "yes" => t.get(s::REMOTE).to_owned(),
        "no" => t.get(s::ON_SITE).to_owned(),
        _ => String::new(),
    };
    let from = form.from.parse().map(|day| t.with(a::FROM, &[("day", &time::date(t.locale(), day))]));
    let from = from.unwrap_or_default();
    let parts = [words, label(domains, &form.domain), label(towns, &form.town), place, from];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { t.get(s::ALL_MISSIONS).to_owned() } else { parts.join(" · ") }
}

#[component]
fn One(alert: AlertRow, domains: Options, towns: Options) -> impl IntoView {
    let t = texts();
    let (id, form) = (alert.id.to_string(), alert.form);
    let title = summary(t, &form, &domains, &towns);
    let pace = Pace::parse(&form.pace).map(|pace| t.get(pace_name(pace).0));
    let told = alert.told_at.map(|at| view! { <p>{t.get(a::TOLD)}" "<Time at=at /></p> });
    let remove = t.with(a::REMOVE, &[("search", &title)]);
    let same = id.clone();
    view! {
        <article class="card">
            <h2>{title}</h2>
            <p>{pace}</p>
            {told}
            <Fold summary=t.get(a::CHANGE) act=SaveAlert::url() key=id.clone()>
                <Fields id=same form=form domains=domains towns=towns />
            </Fold>
            <Form act=RemoveAlert::url() key=id.clone()>
                <Subject name="id" value=id />
                <Submit label=remove class="btn--quiet" />
            </Form>
        </article>
    }
}

/// Where the link of an e-mail leads: only its button does something.
#[component]
pub fn StopPage() -> impl IntoView {
    let secret = param("token");
    loaded(load(move || secret.get(), load_stopping), move |stopped| {
        view! { <Stop stopped=stopped secret=secret.get_untracked() /> }
    })
}

#[component]
fn Stop(stopped: StoppedAlert, secret: String) -> impl IntoView {
    let t = texts();
    let body = match stopped.search {
        Some(AlertSummary { form, domain, town }) => {
            let (domains, towns) = (vec![(form.domain.clone(), domain)], vec![(form.town.clone(), town)]);
            let search = summary(t, &form, &domains, &towns);
            view! {
                <p><strong>{search}</strong></p>
                <p>{t.get(a::STOP_TEXT)}</p>
                <Form act=StopAlert::url()>
                    <Subject name="secret" value=secret />
                    <Submit label=t.get(a::STOP) />
                </Form>
            }
            .into_any()
        }
        None => view! { <p>{t.get(a::STOP_UNKNOWN)}</p> }.into_any(),
    };
    view! { <Page title=t.get(a::STOP_TITLE) narrow=true>{body}<p><a href=routes::MY_ALERTS>{t.get(a::TITLE)}</a></p></Page> }
}
