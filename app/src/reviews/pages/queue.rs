use domain::{
    missions::Term,
    reviews::{Queue, QueueRow, QueueTab},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    i18n::{Text, k::reviews as r, texts},
    reviews::{components::Standing, load_queue},
    routes,
    ui::{
        Empty, Icon, Page,
        page::{load, loaded},
        time::Time,
    },
};

/// The parts of the queue: value in the address, name.
const TABS: [(QueueTab, &str, Text); 5] = [
    (QueueTab::Open, "", r::TAB_OPEN),
    (QueueTab::Mine, "mes-dossiers", r::TAB_MINE),
    (QueueTab::Overdue, "en-retard", r::TAB_OVERDUE),
    (QueueTab::ChangesRequested, "modifications", r::TAB_CHANGES),
    (QueueTab::Done, "termines", r::TAB_DONE),
];

fn tab(value: &str) -> QueueTab {
    TABS.iter().find(|(_, code, _)| *code == value).map_or(QueueTab::Open, |(tab, ..)| *tab)
}

fn address(insee: &str, code: &str) -> String {
    let queue = routes::coordination(insee);
    if code.is_empty() { queue } else { format!("{queue}?onglet={code}") }
}

/// The queue of a town.
#[component]
pub fn QueuePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let insee = params.read().get("insee").unwrap_or_default();
        (insee, tab(&query.read().get("onglet").unwrap_or_default()))
    });
    let data = load(move || asked.get(), |(insee, tab)| load_queue(insee, tab));
    loaded(data, |queue| view! { <QueueView queue=queue /> })
}

#[component]
fn QueueView(queue: Queue) -> impl IntoView {
    let t = texts();
    let insee = queue.town.insee.clone();
    let tabs = TABS
        .iter()
        .zip(queue.counts)
        .map(|((tab, code, name), count)| {
            let urgent = *tab == QueueTab::Overdue && count > 0;
            let current = (*tab == queue.tab).then_some("page");
            let class = if urgent { "count count--urgent" } else { "count" };
            view! { <li><a href=address(&insee, code) aria-current=current>{t.get(*name)}<span class=class>{t.number(count)}</span></a></li> }
        })
        .collect_view();
    let list = if queue.rows.is_empty() {
        view! { <Empty title=t.get(r::EMPTY_TITLE) text=t.get(r::EMPTY_TEXT) /> }.into_any()
    } else {
        view! { <Rows rows=queue.rows insee=insee.clone() done=queue.tab == QueueTab::Done /> }.into_any()
    };
    let waiting = queue.organisations_waiting;
    view! {
        <Page title=t.with(r::QUEUE_TITLE, &[("town", &queue.town.name)]) lead=t.get(r::QUEUE_LEAD) wide=true>
            <p class="btn-row">
                <a class="btn" href=routes::coordination_organisations(&insee)>
                    <Icon name="i-people" />{t.get(r::ORGANISATIONS)}
                    {(waiting > 0).then(|| view! { <span class="count">{t.count(r::WAITING, waiting)}</span> })}
                </a>
                <a class="btn btn--quiet" href=routes::coordination_settings(&insee)>{t.get(r::SETTINGS)}</a>
            </p>
            <nav class="tabs" aria-label=t.get(r::TABS)><ul>{tabs}</ul></nav>
            {list}
        </Page>
    }
}

#[component]
fn Rows(rows: Vec<QueueRow>, insee: String, done: bool) -> impl IntoView {
    let t = texts();
    let lines = rows
        .into_iter()
        .map(|row| {
            let again = (row.version > 1)
                .then(|| view! { " "<span class="tag">{t.with(r::VERSION, &[("n", &row.version.to_string())])}</span> });
            view! {
                <tr>
                    <th scope="row"><a href=routes::review(&insee, row.id)>{row.title}</a>{again}</th>
                    <td data-label=t.get(r::ORGANISATION)><span>{row.organisation}</span></td>
                    <td data-label=t.get(r::DOMAIN)><span>{row.domain.map(|term| view! { <Domain term=term /> })}</span></td>
                    <td data-label=t.get(r::DUE)><span>
                        <Time at=row.due_at />
                        {row.overdue.then(|| view! { " "<span class="pill pill--urgent"><Icon name="i-clock" />{t.get(r::OVERDUE)}</span> })}
                    </span></td>
                    <td data-label=t.get(r::STATUS)><span><Standing status=row.status /></span></td>
                    <td data-label=t.get(r::TAKEN_BY)><span>{row.taken_by.unwrap_or_else(|| t.get(r::NOBODY).to_owned())}</span></td>
                </tr>
            }
        })
        .collect_view();
    let heads = [r::MISSION, r::ORGANISATION, r::DOMAIN, r::DUE, r::STATUS, r::TAKEN_BY]
        .map(|head| view! { <th scope="col">{t.get(head)}</th> })
        .into_iter()
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="data">
                <caption>{t.get(if done { r::CAPTION_DONE } else { r::CAPTION })}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Domain(term: Term) -> impl IntoView {
    view! { <Icon name=format!("d-{}", term.code) />" "{term.label} }
}
