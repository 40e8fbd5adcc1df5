use domain::certificates::{Certificate, OwnCertificates as Own};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    certificates::{IssueCertificate, RevokeCertificate, load_own},
    i18n::{k::certificates as c, texts},
    routes,
    ui::{
        Choice, Choices, Fold, Form, Icon, Subject, Submit,
        page::{load, loaded},
        time,
    },
};

/// The volunteer's certificates, and the way to another.
#[component]
pub fn OwnCertificates(
    /// The years in which there are hours, the newest first.
    years: Vec<i32>,
) -> impl IntoView {
    loaded(load(|| (), |()| load_own()), move |own| view! { <Shown own=own years=years.clone() /> })
}

#[component]
fn Shown(own: Own, years: Vec<i32>) -> impl IntoView {
    let t = texts();
    if years.is_empty() && own.certificates.is_empty() {
        return ().into_any();
    }
    let cards = own.certificates.into_iter().map(|made| view! { <li><Card made=made /></li> }).collect::<Vec<_>>();
    let choices: Vec<Choice> = years
        .iter()
        .map(|year| Choice::new(year.to_string(), year.to_string()))
        .chain([Choice::new("", t.get(c::ALL))])
        .enumerate()
        .map(|(index, choice)| choice.chosen(index == 0))
        .collect();
    view! {
        <section>
            <h2>{t.get(c::MINE)}</h2>
            <p>{t.get(c::MINE_HINT)}</p>
            {(!years.is_empty()).then(|| view! {
                <Form act=IssueCertificate::url()>
                    <Choices name="year" legend=t.get(c::ISSUE_LEGEND) choices=choices />
                    <Submit label=t.get(c::ISSUE) />
                </Form>
            })}
            {(!cards.is_empty()).then(|| view! { <ul class="plain-list stack" role="list">{cards}</ul> })}
        </section>
    }
    .into_any()
}

#[component]
fn Card(made: Certificate) -> impl IntoView {
    let t = texts();
    let number = made.number.to_string();
    let (from, to) = (time::date(t.locale(), made.period.0), time::date(t.locale(), made.period.1));
    let hours = time::duration(made.minutes);
    let facts = [("number", number.as_str()), ("hours", &hours), ("from", &from), ("to", &to)];
    let title = t.with(c::OF, &facts);
    let at = |at| time::instant(t.locale(), at);
    let (paper, check) = (routes::certificate_paper(&made.number), routes::certificate_check(&made.number));
    view! {
        <article class="card">
            <h3>{title}</h3>
            {match made.revoked_at {
                Some(revoked) => view! { <p><span class="pill pill--refused">{t.with(c::REVOKED, &[("at", &at(revoked))])}</span></p> }.into_any(),
                None => view! {
                    <p>{t.with(c::ISSUED, &[("at", &at(made.issued_at))])}</p>
                    <p class="btn-row">
                        <a class="btn" href=paper rel="external" download=""><Icon name="i-file" />{t.get(c::DOWNLOAD)}</a>
                        <a href=check>{t.get(c::CHECK)}</a>
                    </p>
                    <Fold summary=t.get(c::REVOKE) act=RevokeCertificate::url() key=number.clone()>
                        <p>{t.get(c::REVOKE_HINT)}</p>
                        <Form act=RevokeCertificate::url() key=number.clone()>
                            <Subject name="number" value=number />
                            <Submit label=t.get(c::REVOKE_CONFIRM) class="btn--danger" />
                        </Form>
                    </Fold>
                }.into_any(),
            }}
        </article>
    }
}
