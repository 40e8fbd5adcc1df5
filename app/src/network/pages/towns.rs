use domain::network::TownFigures;
use leptos::prelude::*;

use crate::{
    i18n::{k, k::network as n, texts},
    network::load_towns,
    routes,
    ui::{
        Empty, Icon, Page,
        page::{load, loaded},
    },
};

/// The towns of the network with their figures.
#[component]
pub fn Towns() -> impl IntoView {
    loaded(load(|| (), |()| load_towns()), |towns| view! { <TownsView towns=towns /> })
}

#[component]
fn TownsView(towns: Vec<TownFigures>) -> impl IntoView {
    let t = texts();
    let open =
        view! { <a class="btn btn--primary" href=routes::NEW_TOWN><Icon name="i-plus" />{t.get(n::OPEN_TOWN)}</a> };
    if towns.is_empty() {
        return view! {
            <Page title=t.get(n::TITLE)>
                <Empty title=t.get(n::NO_TOWN) text=t.get(n::NO_TOWN_TEXT)>{open}</Empty>
            </Page>
        }
        .into_any();
    }
    let columns = [
        n::TOWN,
        n::COLUMN_COORDINATORS,
        n::COLUMN_ORGANISATIONS,
        n::COLUMN_PUBLISHED,
        n::COLUMN_WAITING,
        n::COLUMN_OVERDUE,
        n::COLUMN_PLACES,
        n::COLUMN_APPLICATIONS,
    ]
    .map(|name| view! { <th scope="col">{t.get(name)}</th> })
    .into_iter()
    .collect_view();
    let rows = towns.into_iter().map(|town| view! { <Row town=town /> }).collect_view();
    view! {
        <Page title=t.get(n::TITLE) lead=t.get(n::LEAD) wide=true>
            <p class="btn-row">
                {open}
                <a class="btn btn--quiet" href=routes::NETWORK_FILES><Icon name="i-flag" />{t.get(n::ASKED_TITLE)}</a>
                <a class="btn btn--quiet" href=routes::EQUIPMENT_TYPES>{t.get(k::equipment::TYPES_TITLE)}</a>
                <a class="btn btn--quiet" href=routes::CHECKLIST_ITEMS>{t.get(k::reviews::CHECKLIST)}</a>
                <a class="btn btn--quiet" href=routes::SIGNS>{t.get(k::reviews::SIGNS_TITLE)}</a>
                <a class="btn btn--quiet" href=routes::NETWORK_FIGURES><Icon name="i-chart" />{t.get(k::figures::LINK)}</a>
                <a class="btn btn--quiet" href=routes::measures("")>{t.get(k::crisis::TITLE)}</a>
            </p>
            <div class="table-wrap">
                <table class="data">
                    <caption class="visually-hidden">{t.get(n::TITLE)}</caption>
                    <thead><tr>{columns}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Page>
    }
    .into_any()
}

#[component]
fn Row(town: TownFigures) -> impl IntoView {
    let t = texts();
    let (taken, places) = town.places;
    let overdue = if town.overdue > 0 { "count count--urgent" } else { "" };
    let people = t.count(n::INHABITANTS, town.population);
    view! {
        <tr>
            <th scope="row">
                <a href=routes::network_town(&town.town.insee)>{town.town.name}</a>
                " "<small class="muted">{people}</small>
            </th>
            <td class="num" data-label=t.get(n::COLUMN_COORDINATORS)><span>{t.number(town.coordinators)}</span></td>
            <td class="num" data-label=t.get(n::COLUMN_ORGANISATIONS)><span>{t.number(town.organisations)}</span></td>
            <td class="num" data-label=t.get(n::COLUMN_PUBLISHED)><span>{t.number(town.published)}</span></td>
            <td class="num" data-label=t.get(n::COLUMN_WAITING)><span>{t.number(town.waiting)}</span></td>
            <td class="num" data-label=t.get(n::COLUMN_OVERDUE)><span class=overdue>{t.number(town.overdue)}</span></td>
            <td class="num" data-label=t.get(n::COLUMN_PLACES)><span>{format!("{} / {}", t.number(taken), t.number(places))}</span></td>
            <td class="num" data-label=t.get(n::COLUMN_APPLICATIONS)><span>{t.number(town.applications)}</span></td>
        </tr>
    }
}
