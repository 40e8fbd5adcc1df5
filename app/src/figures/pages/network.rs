use domain::figures::{NetworkFigures, TownLine};
use leptos::prelude::*;

use crate::{
    figures::{
        components::{CsvLink, How, PeriodForm, States, Weeks, Whole, asked, hours, lead, percent, query},
        load_network_figures,
    },
    i18n::{k::figures as f, k::network as n, texts},
    routes,
    ui::{
        Page,
        page::{load, loaded},
    },
};

/// The figures of the network: all towns together, then one line a town.
#[component]
pub fn NetworkFiguresPage() -> impl IntoView {
    let ask = asked();
    loaded(load(move || ask.get(), load_network_figures), |page| view! { <NetworkView page=page /> })
}

#[component]
fn NetworkView(page: NetworkFigures) -> impl IntoView {
    let t = texts();
    let chart = page.chart;
    let trail = vec![(t.get(n::TITLE).to_owned(), routes::NETWORK.to_owned())];
    let ask = query(&chart.ask);
    let csv = routes::network_figures_csv(&ask);
    view! {
        <Page title=t.get(f::NETWORK_TITLE) lead=lead(t, chart.period) wide=true trail=trail>
            <PeriodForm action=routes::NETWORK_FIGURES.to_owned() ask=chart.ask.clone() errors=chart.errors.clone() />
            <section><h2>{t.get(f::IN_PERIOD)}</h2><Whole of=chart.whole /></section>
            <section><h2>{t.get(f::BY_TOWN)}</h2><Towns towns=page.towns ask=ask /><CsvLink href=csv /></section>
            <section><h2>{t.get(f::BY_WEEK)}</h2><Weeks chart=chart.clone() /></section>
            <section><h2>{t.get(f::NOW)}</h2><States chart=chart /></section>
            <How />
        </Page>
    }
}

/// One line a town.
#[component]
fn Towns(towns: Vec<TownLine>, ask: String) -> impl IntoView {
    let t = texts();
    let heads = [
        f::PUBLISHED,
        f::DECIDED_COLUMN,
        f::IN_TIME,
        f::MEDIAN_HOURS,
        f::NINETIETH_HOURS,
        f::APPLICATIONS,
        f::FILLED,
        f::VOLUNTEERS,
        f::GIVEN,
    ];
    let columns = heads.map(|head| view! { <th scope="col" class="num">{t.get(head)}</th> }).into_iter().collect_view();
    let rows = towns
        .into_iter()
        .map(|TownLine { town, published, measures: of, .. }| {
            let cells = [
                t.number(published),
                t.number(of.decisions.all()),
                percent(t, of.percent_in_time()),
                hours(t, of.median),
                hours(t, of.ninetieth),
                t.number(of.applications),
                percent(t, of.percent_filled()),
                t.number(of.volunteers),
                t.number(of.given),
            ];
            let cells = heads
                .iter()
                .zip(cells)
                .map(|(head, cell)| view! { <td class="num" data-label=t.get(*head)><span>{cell}</span></td> })
                .collect_view();
            let href = format!("{}{ask}", routes::town_figures(&town.insee));
            view! { <tr><th scope="row"><a href=href>{town.name}</a></th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="data">
                <caption class="visually-hidden">{t.get(f::BY_TOWN)}</caption>
                <thead><tr><th scope="col">{t.get(f::TOWN)}</th>{columns}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
