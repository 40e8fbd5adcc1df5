use domain::figures::TownChart;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    figures::{
        components::{CsvLink, How, PeriodForm, States, Weeks, Whole, asked, lead, query},
        load_town_figures,
    },
    i18n::{k::figures as f, texts},
    network, routes,
    ui::{
        Page,
        page::{load, loaded},
    },
};

/// The figures of a town, for its coordinators; the network reads them.
#[component]
pub fn TownFiguresPage() -> impl IntoView {
    let (params, ask) = (use_params_map(), asked());
    let asked = Memo::new(move |_| (params.read().get("insee").unwrap_or_default(), ask.get()));
    loaded(load(move || asked.get(), |(insee, ask)| load_town_figures(insee, ask)), |page| {
        view! { <TownView page=page /> }
    })
}

#[component]
fn TownView(page: TownChart) -> impl IntoView {
    let t = texts();
    let (town, chart) = (page.now.town.clone(), page.chart);
    let trail = vec![(t.with(f::CRUMB, &[("town", &town.name)]), routes::coordination(&town.insee))];
    let csv = routes::town_figures_csv(&town.insee, &query(&chart.ask));
    view! {
        <Page title=t.with(f::TITLE, &[("town", &town.name)]) lead=lead(t, chart.period) wide=true trail=trail>
            <PeriodForm action=routes::town_figures(&town.insee) ask=chart.ask.clone() errors=chart.errors.clone() />
            <section><h2>{t.get(f::IN_PERIOD)}</h2><Whole of=chart.whole /></section>
            <section><h2>{t.get(f::BY_WEEK)}</h2><Weeks chart=chart.clone() /><CsvLink href=csv /></section>
            <section><h2>{t.get(f::NOW)}</h2><network::Figures of=page.now /><States chart=chart /></section>
            <How />
        </Page>
    }
}
