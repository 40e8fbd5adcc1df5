use domain::equipment::{CountLine, DepotForm, DepotPage as Depot};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{stock::DepotFields, trail, units};
use crate::{
    equipment::{CloseDepot, SaveDepot, load_depot},
    i18n::{k, k::equipment as e, texts},
    routes,
    ui::{
        Empty, Fold, Form, Page, Subject, Submit,
        page::{load, loaded, param},
        time::Day,
    },
};

/// A depot: what it holds, and its counts.
#[component]
pub fn DepotPage() -> impl IntoView {
    let (insee, depot) = (param("insee"), param("depot"));
    let data = load(move || (insee.get(), depot.get()), |(insee, id)| load_depot(insee, id));
    loaded(data, |page| view! { <DepotView page=page /> })
}

#[component]
fn DepotView(page: Depot) -> impl IntoView {
    let t = texts();
    let (insee, id) = (page.town.insee.clone(), page.depot.id);
    let address = if page.address.is_empty() { t.get(e::NO_ADDRESS).to_owned() } else { page.address.clone() };
    let may_write = page.may_write && !page.depot.closed;
    let empty = page.lines.is_empty();
    let rows = page
        .lines
        .iter()
        .map(|(equipment, balance)| {
            view! {
                <tr>
                    <th scope="row">{equipment.label.clone()}" "<span class="muted">{equipment.unit.clone()}</span></th>
                    <td data-label=t.get(e::ON_HAND) class="num"><span>{units(t, balance.on_hand)}</span></td>
                    <td data-label=t.get(e::RESERVED) class="num"><span>{units(t, balance.reserved)}</span></td>
                    <td data-label=t.get(e::FREE) class="num"><strong>{units(t, balance.free())}</strong></td>
                </tr>
            }
        })
        .collect_view();
    let table = if empty {
        view! { <Empty title=t.get(e::DEPOT_EMPTY) /> }.into_any()
    } else {
        view! {
            <table class="data">
                <caption>{t.get(e::ON_HAND)}</caption>
                <thead><tr>
                    <th scope="col">{t.get(e::EQUIPMENT)}</th>
                    <th scope="col" class="num">{t.get(e::ON_HAND)}</th>
                    <th scope="col" class="num">{t.get(e::RESERVED)}</th>
                    <th scope="col" class="num">{t.get(e::FREE)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let form = DepotForm { name: page.depot.name.clone(), address: page.address };
    let ledger = format!("{}?depot={id}", routes::equipment_page(&insee, "mouvements"));
    view! {
        <Page title=page.depot.name lead=address trail=trail(t, &page.town)>
            {page.depot.closed.then(|| view! { <p><span class="pill pill--closed">{t.get(e::CLOSED)}</span></p> })}
            <p class="btn-row">
                {may_write.then(|| view! { <a class="btn btn--primary" href=routes::count_sheet(&insee, id)>{t.get(e::COUNT)}</a> })}
                <a class="btn" href=ledger>{t.get(e::SEE_LEDGER)}</a>
            </p>
            {table}
            <Counts insee=insee.clone() counts=page.counts />
            {may_write.then(|| view! {
                <Rename insee=insee.clone() id=id.to_string() form=form />
                <Close insee=insee id=id.to_string() empty=empty />
            })}
        </Page>
    }
}

#[component]
fn Counts(insee: String, counts: Vec<CountLine>) -> impl IntoView {
    let t = texts();
    let some = !counts.is_empty();
    let rows = counts
        .into_iter()
        .map(|count| {
            let (lines, differences) = count.lines_and_differences;
            view! {
                <tr>
                    <th scope="row"><a href=routes::count(&insee, count.id)><Day at=count.at /></a></th>
                    <td data-label=t.get(e::COUNTED_BY)><span>{count.by}</span></td>
                    <td data-label=t.get(e::COUNTED_LINES) class="num"><span>{t.number(lines)}</span></td>
                    <td data-label=t.get(e::DIFFERENCES) class="num"><span>{t.number(differences)}</span></td>
                </tr>
            }
        })
        .collect_view();
    some.then(|| {
        view! {
            <table class="data">
                <caption>{t.get(e::COUNTS)}</caption>
                <thead><tr>
                    <th scope="col">{t.get(e::DATE)}</th>
                    <th scope="col">{t.get(e::COUNTED_BY)}</th>
                    <th scope="col" class="num">{t.get(e::COUNTED_LINES)}</th>
                    <th scope="col" class="num">{t.get(e::DIFFERENCES)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

#[component]
fn Rename(insee: String, id: String, form: DepotForm) -> impl IntoView {
    let t = texts();
    view! {
        <Fold summary=t.get(e::SAVE_DEPOT) act=SaveDepot::url()>
            <Form act=SaveDepot::url() group="form">
                <Subject name="insee" value=insee />
                <Subject name="id" value=id />
                <DepotFields form=form />
                <Submit label=t.get(k::common::SAVE) />
            </Form>
        </Fold>
    }
}

#[component]
fn Close(insee: String, id: String, empty: bool) -> impl IntoView {
    let t = texts();
    let why = if empty { e::CLOSE_HINT } else { e::CLOSE_NOT_EMPTY };
    view! {
        <Fold summary=t.get(e::CLOSE_DEPOT) act=CloseDepot::url()>
            <Form act=CloseDepot::url()>
                <Subject name="insee" value=insee />
                <Subject name="id" value=id />
                <p>{t.get(why)}</p>
                <Submit label=t.get(e::CLOSE_DEPOT) class="btn--danger" />
            </Form>
        </Fold>
    }
}
