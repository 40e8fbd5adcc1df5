use domain::messages::{ReportFile, ReportList, ReportRow, Side};
use leptos::{prelude::*, server_fn::ServerFn};

use super::said;
use crate::{
    i18n::{Texts, k, k::messages as m, k::organisations as o, texts},
    messages::{CloseReport, OpenReported, load_report, load_reports},
    routes,
    ui::{
        Empty, Field, Form, History, Page, Prose, Subject, Submit, Time,
        page::{load, loaded, param},
        thread::SaidLines,
    },
};

/// What was reported in a town.
#[component]
pub fn ReportsPage() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_reports), |list| view! { <List list=list /> })
}

fn reporter(t: Texts, row: &ReportRow) -> String {
    let side = if row.reporter.1 == Side::Volunteer { t.get(m::VOLUNTEER) } else { row.organisation.as_str() };
    format!("{} ({side})", row.reporter.0)
}

#[component]
fn List(list: ReportList) -> impl IntoView {
    let t = texts();
    let insee = list.town.insee.clone();
    let trail = vec![(t.with(o::COORDINATION_OF, &[("town", &list.town.name)]), routes::coordination(&insee))];
    let heads = [m::COLUMN_MISSION, m::COLUMN_REPORTER, m::COLUMN_AT, o::COLUMN_STATUS]
        .map(|head| view! { <th scope="col">{t.get(head)}</th> })
        .into_iter()
        .collect_view();
    let empty =
        list.rows.is_empty().then(|| view! { <Empty title=t.get(m::NO_REPORT) text=t.get(m::NO_REPORT_TEXT) /> });
    let rows = list
        .rows
        .into_iter()
        .map(|row| {
            let who = reporter(t, &row);
            let status = match row.closed_at {
                None => view! { <span class="pill pill--waiting">{t.get(m::REPORT_OPEN)}</span> }.into_any(),
                Some(at) => view! { <span class="pill pill--closed">{t.get(m::REPORT_CLOSED)}</span>" "<Time at=at /> }
                    .into_any(),
            };
            view! {
                <tr>
                    <th scope="row"><a href=routes::message_report(&insee, row.id)>{row.mission}</a></th>
                    <td data-label=t.get(m::COLUMN_REPORTER)><span>{who}</span></td>
                    <td data-label=t.get(m::COLUMN_AT)><span><Time at=row.at /></span></td>
                    <td data-label=t.get(o::COLUMN_STATUS)><span>{status}</span></td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <div class="table-wrap">
                <table class="data">
                    <caption class="visually-hidden">{t.get(m::REPORTS_TITLE)}</caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    view! { <Page title=t.get(m::REPORTS_TITLE) lead=t.get(m::REPORTS_LEAD) wide=true trail=trail>{empty}{table}</Page> }
}

/// One report, for the coordinators of the town.
#[component]
pub fn ReportPage() -> impl IntoView {
    let (insee, id) = (param("insee"), param("report"));
    let data = load(move || (insee.get(), id.get()), |(insee, id)| load_report(insee, id));
    loaded(data, |file| view! { <File file=file /> })
}

#[component]
fn File(file: ReportFile) -> impl IntoView {
    let t = texts();
    let (insee, id) = (file.town.insee.clone(), file.row.id.to_string());
    let trail = if file.network {
        let up = (t.get(k::network::TITLE).to_owned(), routes::NETWORK.to_owned());
        vec![up, (t.get(k::network::ASKED_TITLE).to_owned(), routes::NETWORK_FILES.to_owned())]
    } else {
        let up = (t.with(o::COORDINATION_OF, &[("town", &file.town.name)]), routes::coordination(&insee));
        vec![up, (t.get(m::REPORTS_TITLE).to_owned(), routes::message_reports(&insee))]
    };
    let next = if file.network { routes::NETWORK_FILES.to_owned() } else { routes::message_reports(&insee) };
    let facts = [("volunteer", file.volunteer.as_str()), ("organisation", file.row.organisation.as_str())];
    let lead = t.with(m::REPORT_LEAD, &facts);
    let opened = file.lines.is_some();
    let which = (insee.clone(), id.clone());
    let open = (file.may_act && !opened).then(|| {
        let (insee, id) = which;
        view! {
            <Form act=OpenReported::url()>
                <Subject name="insee" value=insee />
                <Subject name="id" value=id />
                <p>{t.get(m::OPEN_HINT)}</p>
                <Submit label=t.get(m::OPEN) class="" />
            </Form>
        }
    });
    let organisation = file.row.organisation.clone();
    let lines = file.lines.map(|lines| {
        let lines = said(lines, None, t.get(m::VOLUNTEER), &organisation);
        view! { <section><h2>{t.get(m::MESSAGES)}</h2><SaidLines lines=lines /></section> }
    });
    let close = file.may_act.then(|| {
        view! {
            <Form act=CloseReport::url() keep=true>
                <Subject name="insee" value=insee />
                <Subject name="id" value=id />
                <Subject name="next" value=next />
                <Field name="word" kind="textarea" rows=4 label=t.get(m::WORD) hint=t.get(m::WORD_HINT) />
                <Submit label=t.get(m::CLOSE) />
            </Form>
        }
    });
    let (closed, own) = (file.row.closed_at.is_some(), !file.may_act);
    view! {
        <Page title=t.with(m::REPORT_TITLE, &[("mission", &file.row.mission)]) lead=lead trail=trail>
            <section>
                <h2>{t.get(k::common::REASON)}</h2>
                <p>{reporter(t, &file.row)}", "<Time at=file.row.at /></p>
                <Prose text=file.reason />
            </section>
            {(own && !closed).then(|| view! { <p class="notice notice--info">{t.get(m::YOUR_OWN)}</p> })}
            {file.word.map(|word| view! { <div class="notice notice--info"><p>{t.get(m::CLOSED_WITH)}</p><Prose text=word /></div> })}
            {open}
            {lines}
            {close}
            <History lines=file.history />
        </Page>
    }
}
