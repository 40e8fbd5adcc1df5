use domain::{
    organisations::{OrganisationList, OrganisationTab},
    reviews::OrganisationRow,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    i18n::{Text, k::organisations as o, k::reviews as r, texts},
    organisations::{components::StatusPill, labels, load_organisations},
    reviews::{Key, Keys},
    routes,
    ui::{
        Empty, Icon, Page,
        page::{load, loaded},
        time::{Day, Time},
    },
};

/// The parts of the list: value in the address, name.
const TABS: [(OrganisationTab, &str, Text); 6] = [
    (OrganisationTab::All, "", o::TAB_ALL),
    (OrganisationTab::Open, "a-instruire", r::TAB_OPEN),
    (OrganisationTab::Waiting, "sans-personne", r::TAB_WAITING),
    (OrganisationTab::Mine, "mes-dossiers", r::TAB_MINE),
    (OrganisationTab::Overdue, "en-retard", r::TAB_OVERDUE),
    (OrganisationTab::ChangesRequested, "modifications", r::TAB_CHANGES),
];

/// What the keyboard does here.
const KEYS: &[Key] = &[Key::Down, Key::Up, Key::Open, Key::Help];

/// The organisations of a town, for its coordinators: those that wait first.
#[component]
pub fn TownOrganisations() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let code = query.read().get("onglet").unwrap_or_default();
        let tab = TABS.iter().find(|(_, value, _)| *value == code).map_or(OrganisationTab::All, |(tab, ..)| *tab);
        (params.read().get("insee").unwrap_or_default(), tab)
    });
    let data = load(move || asked.get(), |(insee, tab)| load_organisations(insee, tab));
    loaded(data, |list| view! { <ListView list=list /> })
}

#[component]
fn ListView(list: OrganisationList) -> impl IntoView {
    let t = texts();
    let insee = list.town.insee.clone();
    let here = routes::coordination_organisations(&insee);
    let trail = vec![(t.with(o::COORDINATION_OF, &[("town", &list.town.name)]), routes::coordination(&insee))];
    let waiting = list.counts.get(1).copied().unwrap_or_default();
    let tabs = TABS
        .iter()
        .zip(list.counts.iter().copied())
        .map(|((tab, code, name), count)| {
            let urgent = *tab == OrganisationTab::Overdue && count > 0;
            let class = if urgent { "count count--urgent" } else { "count" };
            let href = if code.is_empty() { here.clone() } else { format!("{here}?onglet={code}") };
            let current = (*tab == list.tab).then_some("page");
            view! { <li><a href=href aria-current=current>{t.get(*name)}<span class=class>{t.number(count)}</span></a></li> }
        })
        .collect_view();
    let content = if list.rows.is_empty() {
        view! { <Empty title=t.get(o::LIST_EMPTY) text=t.get(o::LIST_EMPTY_TEXT) /> }.into_any()
    } else {
        view! { <Rows insee=insee rows=list.rows /> }.into_any()
    };
    view! {
        <Page title=t.get(o::LIST_TITLE) lead=t.count(o::LIST_WAITING, waiting) wide=true trail=trail>
            <nav class="tabs" aria-label=t.get(r::TABS)><ul>{tabs}</ul></nav>
            {content}
            <Keys keys=KEYS />
        </Page>
    }
}

#[component]
fn Rows(insee: String, rows: Vec<OrganisationRow>) -> impl IntoView {
    let t = texts();
    let heads = [o::NAME, o::LEGAL_FORM, o::COLUMN_STATUS, o::COLUMN_SENT, r::DUE, r::TAKEN_BY, o::COLUMN_PUBLISHED]
        .map(|head| view! { <th scope="col">{t.get(head)}</th> })
        .into_iter()
        .collect_view();
    let rows = rows.into_iter().map(|row| view! { <Line insee=insee.clone() row=row /> }).collect_view();
    view! {
        <div class="table-wrap">
            <table class="data">
                <caption class="visually-hidden">{t.get(o::LIST_TITLE)}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(insee: String, row: OrganisationRow) -> impl IntoView {
    let t = texts();
    let taken = row.due_at.map(|_| row.taken_by.unwrap_or_else(|| t.get(r::NOBODY).to_owned()));
    view! {
        <tr>
            <th scope="row"><a href=routes::coordination_organisation(&insee, row.id) data-line="">{row.name}</a></th>
            <td data-label=t.get(o::LEGAL_FORM)><span>{labels::legal_form(t, &row.legal_form)}</span></td>
            <td data-label=t.get(o::COLUMN_STATUS)><span><StatusPill status=row.status /></span></td>
            <td data-label=t.get(o::COLUMN_SENT)><span>{row.submitted_at.map(|at| view! { <Day at=at /> })}</span></td>
            <td data-label=t.get(r::DUE)><span>
                {row.due_at.map(|at| view! { <Time at=at /> })}
                {row.overdue.then(|| view! { " "<span class="pill pill--urgent"><Icon name="i-clock" />{t.get(r::OVERDUE)}</span> })}
            </span></td>
            <td data-label=t.get(r::TAKEN_BY)><span>{taken}</span></td>
            <td data-label=t.get(o::COLUMN_PUBLISHED) class="num"><span>{t.number(row.published)}</span></td>
        </tr>
    }
}
