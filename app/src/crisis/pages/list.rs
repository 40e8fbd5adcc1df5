use domain::crisis::{MeasuresLine, MeasuresList, PublicMeasures};
use leptos::prelude::*;

use super::{code, effect::Suspended, facts::Facts, trail};
use crate::{
    crisis::{labels, load_measures_list},
    i18n::{k::crisis as c, texts},
    routes,
    ui::{
        Empty, Page,
        page::{load, loaded, param},
        time,
    },
};

/// The measures of a town or of the network.
#[component]
pub fn MeasuresListPage() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_measures_list), |page| view! { <ListView page=page /> })
}

#[component]
fn ListView(page: MeasuresList) -> impl IntoView {
    let t = texts();
    let insee = code(page.town.as_ref());
    let lead = if page.town.is_some() { c::LIST_LEAD_TOWN } else { c::LIST_LEAD_NETWORK };
    let prepare = page.may_write.then(|| {
        view! { <p><a class="btn btn--primary" href=routes::new_measures(&insee)>{t.get(c::PREPARE)}</a></p> }
    });
    let list = if page.own.is_empty() {
        view! { <Empty title=t.get(c::LIST_EMPTY) text=t.get(c::LIST_EMPTY_TEXT) /> }.into_any()
    } else {
        view! { <Own insee=insee lines=page.own /> }.into_any()
    };
    let network = page.network.into_iter().map(|one| view! { <OfNetwork one=one /> }).collect_view();
    let offline = (!page.suspended.is_empty()).then(|| {
        view! {
            <section>
                <h2>{t.get(c::OFFLINE_TITLE)}</h2>
                <p>{t.get(c::OFFLINE_LEAD)}</p>
                <Suspended missions=page.suspended towns=page.town.is_none() />
            </section>
        }
    });
    view! {
        <Page title=t.get(c::TITLE) lead=t.get(lead) trail=trail(t, page.town.as_ref(), false)>
            {prepare}
            {list}
            {network}
            {offline}
        </Page>
    }
}

#[component]
fn Own(insee: String, lines: Vec<MeasuresLine>) -> impl IntoView {
    let t = texts();
    let rows = lines.into_iter().map(|line| view! { <Line insee=insee.clone() line=line /> }).collect_view();
    view! {
        <table class="data">
            <caption class="visually-hidden">{t.get(c::TITLE)}</caption>
            <thead><tr>
                <th scope="col">{t.get(c::COLUMN_TITLE)}</th>
                <th scope="col">{t.get(c::STATE)}</th>
                <th scope="col">{t.get(c::COLUMN_DAYS)}</th>
                <th scope="col">{t.get(c::COLUMN_OFFLINE)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Line(insee: String, line: MeasuresLine) -> impl IntoView {
    let t = texts();
    let (word, class) = labels::status(line.status);
    let day = |day| time::date(t.locale(), day);
    let days = t.with(c::DAYS, &[("from", &day(line.first_day)), ("to", &day(line.last_day))]);
    view! {
        <tr>
            <th scope="row"><a href=routes::one_measures(&insee, line.id)>{line.title}</a></th>
            <td data-label=t.get(c::STATE)><span class=class>{t.get(word)}</span></td>
            <td data-label=t.get(c::COLUMN_DAYS)><span>{days}</span></td>
            <td data-label=t.get(c::COLUMN_OFFLINE) class="num"><span>{t.number(line.suspended)}</span></td>
        </tr>
    }
}

/// What the network has switched on, for a town that follows it.
#[component]
fn OfNetwork(one: PublicMeasures) -> impl IntoView {
    let t = texts();
    view! {
        <section class="card">
            <h2>{t.get(c::FROM_NETWORK)}{crate::ui::problems::separator(t)}{one.title}</h2>
            <p>{one.text}</p>
            <Facts facts=one.facts />
        </section>
    }
}
