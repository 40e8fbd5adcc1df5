use domain::ideas::{IdeaList, IdeaRow, IdeaTab};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    i18n::{Text, k::ideas as i, k::organisations as o, texts},
    ideas::{components::Standing, load_ideas},
    routes,
    ui::{
        Empty, Page, Time,
        page::{load, loaded},
    },
};

/// The parts of the list: value in the address, name.
const TABS: [(IdeaTab, &str, Text); 4] = [
    (IdeaTab::Waiting, "", i::TAB_WAITING),
    (IdeaTab::Answered, "repondues", i::TAB_ANSWERED),
    (IdeaTab::Turned, "missions", i::TAB_TURNED),
    (IdeaTab::Closed, "terminees", i::TAB_CLOSED),
];

/// The ideas that associations sent to a town.
#[component]
pub fn TownIdeasPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let code = query.read().get("onglet").unwrap_or_default();
        let tab = TABS.iter().find(|(_, value, _)| *value == code).map_or(IdeaTab::Waiting, |(tab, ..)| *tab);
        (params.read().get("insee").unwrap_or_default(), tab)
    });
    let data = load(move || asked.get(), |(insee, tab)| load_ideas(insee, tab));
    loaded(data, |list| view! { <ListView list=list /> })
}

#[component]
fn ListView(list: IdeaList) -> impl IntoView {
    let t = texts();
    let insee = list.town.insee.clone();
    let here = routes::ideas(&insee);
    let trail = vec![(t.with(o::COORDINATION_OF, &[("town", &list.town.name)]), routes::coordination(&insee))];
    let tabs = TABS
        .iter()
        .zip(list.counts)
        .map(|((tab, code, name), count)| {
            let href = if code.is_empty() { here.clone() } else { format!("{here}?onglet={code}") };
            let current = (*tab == list.tab).then_some("page");
            view! { <li><a href=href aria-current=current>{t.get(*name)}<span class="count">{t.number(count)}</span></a></li> }
        })
        .collect_view();
    let content = if list.rows.is_empty() {
        view! { <Empty title=t.get(i::EMPTY) text=t.get(i::EMPTY_TEXT)>
            <a class="btn" href=routes::new_idea(&insee)>{t.get(i::NEW_TITLE)}</a>
        </Empty> }
        .into_any()
    } else {
        view! { <Rows insee=insee rows=list.rows /> }.into_any()
    };
    view! {
        <Page title=t.get(i::LIST_TITLE) lead=t.get(i::LIST_LEAD) wide=true trail=trail>
            <nav class="tabs" aria-label=t.get(i::TABS)><ul>{tabs}</ul></nav>
            {content}
        </Page>
    }
}

#[component]
fn Rows(insee: String, rows: Vec<IdeaRow>) -> impl IntoView {
    let t = texts();
    let heads = [i::COLUMN_IDEA, i::COLUMN_ASSOCIATION, o::COLUMN_STATUS, i::COLUMN_SENT, i::COLUMN_UPDATED]
        .map(|head| view! { <th scope="col">{t.get(head)}</th> })
        .into_iter()
        .collect_view();
    let lines = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row"><a href=routes::idea(&insee, row.id)>{row.title}</a></th>
                    <td data-label=t.get(i::COLUMN_ASSOCIATION)><span>{row.association}</span></td>
                    <td data-label=t.get(o::COLUMN_STATUS)><span><Standing status=row.status /></span></td>
                    <td data-label=t.get(i::COLUMN_SENT)><span><Time at=row.sent_at /></span></td>
                    <td data-label=t.get(i::COLUMN_UPDATED)><span><Time at=row.updated_at /></span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="data">
                <caption class="visually-hidden">{t.get(i::LIST_TITLE)}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}
