use domain::{
    missions::Term,
    reviews::{Mark, Queue, QueueAsk, QueueChoices, QueueRow, QueueTab},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    i18n::{Text, k, k::crisis as c, k::letters as l, k::reviews as r, texts},
    reviews::{
        components::{Key, Keys, Standing},
        load_queue,
    },
    routes,
    supplies::ShortBanner,
    ui::{
        Empty, FilterSelect, Icon, Page, Pager,
        page::{load, loaded},
        time::Time,
    },
};

/// The parts of the queue: value in the address, name.
const TABS: [(QueueTab, &str, Text); 6] = [
    (QueueTab::Open, "", r::TAB_OPEN),
    (QueueTab::Waiting, "sans-personne", r::TAB_WAITING),
    (QueueTab::Mine, "mes-dossiers", r::TAB_MINE),
    (QueueTab::Overdue, "en-retard", r::TAB_OVERDUE),
    (QueueTab::ChangesRequested, "modifications", r::TAB_CHANGES),
    (QueueTab::Done, "termines", r::TAB_DONE),
];

/// What the keyboard does here.
const KEYS: &[Key] = &[Key::Down, Key::Up, Key::Open, Key::Help];

fn tab(value: &str) -> QueueTab {
    TABS.iter().find(|(_, code, _)| *code == value).map_or(QueueTab::Open, |(tab, ..)| *tab)
}

/// A part of the queue, as its filters leave it.
fn address(insee: &str, code: &str, ask: &QueueAsk, page: u32) -> String {
    let page = if page > 1 { page.to_string() } else { String::new() };
    let asked = [
        ("onglet", code),
        ("domaine", &ask.domain),
        ("quartier", &ask.part),
        ("organisation", &ask.organisation),
        ("page", &page),
    ];
    let asked = asked.into_iter().filter(|(_, value)| !value.is_empty());
    let asked: Vec<String> = asked.map(|(name, value)| format!("{name}={}", routes::encode(value))).collect();
    let queue = routes::coordination(insee);
    if asked.is_empty() { queue } else { format!("{queue}?{}", asked.join("&")) }
}

/// What a part is called in the address.
fn code(tab: QueueTab) -> &'static str {
    TABS.iter().find(|(known, ..)| *known == tab).map_or("", |(_, code, _)| *code)
}

/// The queue of a town.
#[component]
pub fn QueuePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let insee = params.read().get("insee").unwrap_or_default();
        let get = |name: &str| query.read().get(name).unwrap_or_default();
        let ask = QueueAsk {
            tab: tab(&get("onglet")),
            domain: get("domaine"),
            part: get("quartier"),
            organisation: get("organisation"),
            page: get("page").parse().unwrap_or(1),
        };
        (insee, ask)
    });
    let data = load(move || asked.get(), |(insee, ask)| load_queue(insee, ask));
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
            let current = (*tab == queue.ask.tab).then_some("page");
            let class = if urgent { "count count--urgent" } else { "count" };
            view! { <li><a href=address(&insee, code, &queue.ask, 1) aria-current=current>{t.get(*name)}<span class=class>{t.number(count)}</span></a></li> }
        })
        .collect_view();
    let list = if queue.rows.is_empty() {
        view! { <Empty title=t.get(r::EMPTY_TITLE) text=t.get(r::EMPTY_TEXT) /> }.into_any()
    } else {
        view! { <Rows rows=queue.rows insee=insee.clone() done=queue.ask.tab == QueueTab::Done /> }.into_any()
    };
    let pager = {
        let (insee, ask) = (insee.clone(), queue.ask.clone());
        move |page: u32| address(&insee, code(ask.tab), &ask, page)
    };
    let filters = view! { <Filters insee=insee.clone() ask=queue.ask choices=queue.choices /> };
    let (waiting, offline) = (queue.organisations_waiting, queue.offline);
    let (said, reported) = (queue.testimonials_waiting, queue.reports_waiting);
    view! {
        <Page title=t.with(r::QUEUE_TITLE, &[("town", &queue.town.name)]) lead=t.get(r::QUEUE_LEAD) wide=true>
            <p class="btn-row">
                <a class="btn" href=routes::coordination_organisations(&insee)>
                    <Icon name="i-people" />{t.get(r::ORGANISATIONS)}
                    {(waiting > 0).then(|| view! { <span class="count">{t.count(r::WAITING, waiting)}</span> })}
                </a>
                <a class="btn btn--quiet" href=routes::ideas(&insee)>{t.get(k::ideas::LIST_TITLE)}</a>
                {queue.coordinates.then(|| view! {
                    <a class="btn btn--quiet" href=routes::message_reports(&insee)>
                        {t.get(k::messages::REPORTS_TITLE)}
                        {(reported > 0).then(|| view! { <span class="count">{t.count(r::WAITING, reported)}</span> })}
                    </a>
                })}
                {queue.coordinates.then(|| view! {
                    <a class="btn btn--quiet" href=routes::town_testimonials(&insee)>
                        {t.get(k::testimonials::DESK_TITLE)}
                        {(said > 0).then(|| view! { <span class="count">{t.count(r::WAITING, said)}</span> })}
                    </a>
                })}
                <a class="btn btn--quiet" href=routes::directory(&insee)>{t.get(l::DIRECTORY_TITLE)}</a>
                <a class="btn btn--quiet" href=routes::town_letters(&insee)>{t.get(l::LETTERS_TITLE)}</a>
                <a class="btn btn--quiet" href=routes::equipment(&insee)>{t.get(k::equipment::TITLE)}</a>
                <a class="btn btn--quiet" href=routes::town_figures(&insee)><Icon name="i-chart" />{t.get(k::figures::LINK)}</a>
                <a class="btn btn--quiet" href=routes::measures(&insee)>
                    {t.get(c::QUEUE_LINK)}
                    {(offline > 0).then(|| view! { <span class="count count--urgent">{t.count(c::QUEUE_OFFLINE, offline)}</span> })}
                </a>
                <a class="btn btn--quiet" href=routes::coordination_settings(&insee)>{t.get(r::SETTINGS)}</a>
            </p>
            <ShortBanner short=queue.short insee=insee.clone() />
            <nav class="tabs" aria-label=t.get(r::TABS)><ul>{tabs}</ul></nav>
            {filters}
            {list}
            <Pager page=queue.page pages=queue.pages address=pager />
            <Keys keys=KEYS />
        </Page>
    }
}

/// A plain form of the address: it works without scripts, and the address can be kept.
#[component]
fn Filters(insee: String, ask: QueueAsk, choices: QueueChoices) -> impl IntoView {
    let t = texts();
    let here = code(ask.tab);
    let open = ask.is_filtered();
    let selects = [
        ("domaine", r::DOMAIN, r::ANY_DOMAIN, choices.domains, ask.domain),
        ("quartier", r::PART, r::ANY_PART, choices.parts, ask.part),
        ("organisation", r::ORGANISATION, r::ANY_ORGANISATION, choices.organisations, ask.organisation),
    ]
    .map(|(name, label, any, choices, value)| {
        view! { <FilterSelect name=name label=label any=any choices=choices value=value /> }
    })
    .into_iter()
    .collect_view();
    view! {
        <details class="disclosure" open=open>
            <summary>{t.get(r::FILTERS)}</summary>
            <form method="get" action=routes::coordination(&insee) class="form">
                {(!here.is_empty()).then(|| view! { <input type="hidden" name="onglet" value=here /> })}
                <div class="form__row">{selects}</div>
                <p class="btn-row">
                    <button class="btn" type="submit">{t.get(r::FILTER)}</button>
                    {open.then(|| view! { <a class="btn btn--quiet" href=address(&insee, here, &QueueAsk::default(), 1)>{t.get(r::CLEAR_FILTERS)}</a> })}
                </p>
            </form>
        </details>
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
                    <th scope="row"><a href=routes::review(&insee, row.id) data-line="">{row.title}</a>{again}</th>
                    <td data-label=t.get(r::ORGANISATION)><span>{row.organisation.1}</span></td>
                    <td data-label=t.get(r::DOMAIN)><span>{row.domain.map(|term| view! { <Domain term=term /> })}</span></td>
                    <td data-label=t.get(r::DUE)><span>
                        <Time at=row.due_at />
                        {row.overdue.then(|| view! { " "<span class="pill pill--urgent"><Icon name="i-clock" />{t.get(r::OVERDUE)}</span> })}
                    </span></td>
                    <td data-label=t.get(r::STATUS)><span><Standing status=row.status />{row.taken_by.map(|name| view! { " "{name} })}{(!row.marks.is_empty()).then(|| view! { <Marks marks=row.marks /> })}</span></td>
                </tr>
            }
        })
        .collect_view();
    let heads = [r::MISSION, r::ORGANISATION, r::DOMAIN, r::DUE, r::STATUS]
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

/// What to look at first.
#[component]
fn Marks(marks: Vec<Mark>) -> impl IntoView {
    let t = texts();
    let marks = marks
        .into_iter()
        .map(|mark| match mark {
            Mark::NotCompared => ("i-clock", t.get(r::MARK_NOT_COMPARED).to_owned()),
            Mark::Duplicates(n) => ("i-file", t.count(r::MARK_DUPLICATES, n)),
            Mark::Dangers(list) => ("i-warning", t.with(r::MARK_DANGERS, &[("list", &list.join(", "))])),
            Mark::Unsupervised => ("i-warning", t.get(r::MARK_UNSUPERVISED).to_owned()),
            Mark::Short(list) => ("i-box", t.with(r::MARK_SHORT, &[("list", &list.join(", "))])),
            Mark::Forbidden => ("i-warning", t.get(r::MARK_FORBIDDEN).to_owned()),
        })
        .map(|(icon, text)| view! { <li class="tag"><Icon name=icon />{text}</li> })
        .collect_view();
    view! { <ul class="tags" role="list">{marks}</ul> }
}

#[component]
fn Domain(term: Term) -> impl IntoView {
    view! { <Icon name=format!("d-{}", term.code) />" "{term.label} }
}
