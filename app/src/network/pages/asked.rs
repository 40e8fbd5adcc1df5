use domain::{
    messages::ReportRow,
    network::{AskedFile, TownRef},
};
use leptos::prelude::*;

use crate::{
    i18n::{k::messages as m, k::network as n, k::reviews as r, texts},
    network::load_asked_files,
    routes,
    ui::{
        Empty, Page, Prose, Time,
        page::{load, loaded},
    },
};

/// What towns ask of the network.
#[component]
pub fn AskedFiles() -> impl IntoView {
    loaded(load(|| (), |()| load_asked_files()), |(files, reports)| view! { <Asked files=files reports=reports /> })
}

#[component]
fn Asked(files: Vec<AskedFile>, reports: Vec<(TownRef, ReportRow)>) -> impl IntoView {
    let t = texts();
    let trail = vec![(t.get(n::TITLE).to_owned(), routes::NETWORK.to_owned())];
    let empty = files.is_empty().then(|| view! { <Empty title=t.get(n::NO_FILE) text=t.get(n::NO_FILE_TEXT) /> });
    let lines: Vec<_> = files.into_iter().map(|file| view! { <File file=file /> }).collect();
    let list = (!lines.is_empty()).then(|| view! { <ul class="plain-list" role="list">{lines}</ul> });
    view! { <Page title=t.get(n::ASKED_TITLE) lead=t.get(n::ASKED_LEAD) trail=trail>{empty}{list}<Reports rows=reports /></Page> }
}

#[component]
fn File(file: AskedFile) -> impl IntoView {
    let t = texts();
    let (insee, (organisation, host)) = (file.town.insee, file.organisation);
    let (href, name, about) = match file.mission {
        Some((review, title)) => (routes::review(&insee, review), title, Some(host)),
        None => (routes::coordination_organisation(&insee, organisation), host, None),
    };
    let kind = t.get(if about.is_some() { n::ASKED_MISSION } else { n::ASKED_ORGANISATION });
    let about: String = about.map(|host| format!(", {host}")).unwrap_or_default();
    let taken = file.taken_by.unwrap_or_else(|| t.get(r::NOBODY).to_owned());
    let by = t.with(n::ASKED_BY, &[("name", &file.request.by), ("town", &file.town.name)]);
    view! {
        <li>
            <h2><a href=href>{name}</a></h2>
            <p>{kind}{about}</p>
            <p>{by}" "<Time at=file.request.at /></p>
            {(!file.request.word.is_empty()).then(|| view! { <Prose text=file.request.word /> })}
            <p class="muted">{t.get(r::DUE)}" "<Time at=file.due_at />" · "{t.get(r::TAKEN_BY)}" "{taken}</p>
        </li>
    }
}

/// Exchanges that were reported where no coordinator may judge them; nothing where there are none.
#[component]
fn Reports(rows: Vec<(TownRef, ReportRow)>) -> impl IntoView {
    let t = texts();
    let lines: Vec<_> = rows
        .into_iter()
        .map(|(town, row)| {
            view! {
                <li>
                    <a href=routes::message_report(&town.insee, row.id)>{row.mission}</a>
                    ", "{row.organisation}" ("{town.name}"), "<Time at=row.at />
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section>
                <h2>{t.get(m::REPORTS_TITLE)}</h2>
                <p>{t.get(n::REPORTS_LEAD)}</p>
                <ul class="plain-list" role="list">{lines}</ul>
            </section>
        }
    })
}
