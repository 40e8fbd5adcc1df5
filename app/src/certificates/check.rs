use chrono::{DateTime, Utc};
use domain::certificates::{Certificate, Verified};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    certificates::verify_certificate,
    i18n::{k::certificates as c, texts},
    routes,
    ui::{
        Icon, Page,
        page::{load, loaded},
        time,
    },
};

/// Whether a certificate is real: for anyone who has its number.
#[component]
pub fn CheckPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let number = Memo::new(move |_| {
        let asked = params.read().get("number").or_else(|| query.read().get("numero"));
        asked.unwrap_or_default().trim().to_owned()
    });
    let data = load(move || number.get(), verify_certificate);
    loaded(data, move |found| view! { <Answer found=found asked=number.get_untracked() /> })
}

#[component]
fn Answer(found: Option<Verified>, asked: String) -> impl IntoView {
    let t = texts();
    let unknown = (found.is_none() && !asked.is_empty()).then(|| {
        view! {
            <div class="notice notice--urgent" role="status">
                <Icon name="i-warning" />
                <h2>{t.get(c::UNKNOWN_TITLE)}</h2>
                <p>{t.get(c::UNKNOWN_TEXT)}</p>
            </div>
        }
    });
    view! {
        <Page title=t.get(c::CHECK_TITLE) lead=t.get(c::CHECK_LEAD) narrow=true>
            {found.map(|found| match found {
                Verified::Valid(made) => view! { <Found made=made /> }.into_any(),
                Verified::Revoked(at) => view! { <Revoked at=at /> }.into_any(),
            })}
            {unknown}
            <form class="form" method="get" action=routes::CERTIFICATES>
                <div class="field">
                    <label class="field__label" for="numero">{t.get(c::NUMBER)}</label>
                    <p class="field__hint" id="numero-aide">{t.get(c::NUMBER_HINT)}</p>
                    <input class="field__input" id="numero" name="numero" type="text" value=asked autocomplete="off"
                        spellcheck="false" required=true aria-describedby="numero-aide" />
                </div>
                <button class="btn btn--primary" type="submit">{t.get(c::CHECK)}</button>
            </form>
        </Page>
    }
}

#[component]
fn Revoked(at: DateTime<Utc>) -> impl IntoView {
    let t = texts();
    view! {
        <div class="notice notice--warn" role="status">
            <Icon name="i-warning" />
            <h2>{t.get(c::REVOKED_TITLE)}</h2>
            <p>{t.with(c::REVOKED_TEXT, &[("at", &time::instant(t.locale(), at))])}</p>
        </div>
    }
}

#[component]
fn Found(made: Certificate) -> impl IntoView {
    let t = texts();
    let (from, to) = (time::date(t.locale(), made.period.0), time::date(t.locale(), made.period.1));
    let missions = made
        .missions
        .iter()
        .map(|line| view! { <li>{line.title.clone()}", "{line.organisation.clone()}" ("{line.town.clone()}")\u{a0}: "{time::duration(line.minutes)}</li> })
        .collect_view();
    view! {
        <div class="notice notice--info" role="status">
            <Icon name="i-check" />
            <h2>{t.get(c::VALID)}</h2>
            <p>{t.get(c::VALID_TEXT)}</p>
        </div>
        <dl class="summary">
            <dt>{t.get(c::NUMBER)}</dt><dd>{made.number.to_string()}</dd>
            <dt>{t.get(c::HOLDER)}</dt><dd>{made.name}</dd>
            <dt>{t.get(c::PERIOD)}</dt><dd>{t.with(c::PERIOD_OF, &[("from", &from), ("to", &to)])}</dd>
            <dt>{t.get(c::TOTAL)}</dt><dd>{time::duration(made.minutes)}</dd>
            <dt>{t.get(c::MADE)}</dt><dd>{time::instant(t.locale(), made.issued_at)}</dd>
            <dt>{t.get(c::MISSIONS)}</dt><dd><ul class="plain-list" role="list">{missions}</ul></dd>
        </dl>
    }
}
