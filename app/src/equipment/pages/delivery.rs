use domain::equipment::{DeliveryPage as Delivery, DeskPage};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{trail, units};
use crate::{
    equipment::{CheckDeliveries, ImportDeliveries, labels, load_delivery, load_desk},
    i18n::{k::equipment as e, texts},
    routes,
    ui::{
        Empty, Field, FileField, Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// Choosing a table of deliveries.
#[component]
pub fn DeliveriesPage() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_desk), |page| view! { <ChooseView page=page /> })
}

#[component]
fn ChooseView(page: DeskPage) -> impl IntoView {
    let t = texts();
    let (insee, trail) = (page.town.insee.clone(), trail(t, &page.town));
    let form = if page.depots.is_empty() {
        let back = routes::equipment(&insee);
        view! {
            <Empty title=t.get(e::NO_DEPOT_TITLE) text=t.get(e::NO_DEPOT_TEXT)>
                <a class="btn btn--primary" href=back>{t.get(e::SEE_STOCK)}</a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <ChooseForm insee=insee page=page /> }.into_any()
    };
    view! { <Page title=t.get(e::IMPORT_TITLE) lead=t.get(e::IMPORT_LEAD) trail=trail narrow=true>{form}</Page> }
}

/// Paste, or a file: it sends itself as any form does, for a file is read by the server.
#[component]
fn ChooseForm(insee: String, page: DeskPage) -> impl IntoView {
    let t = texts();
    let types: Vec<String> = page.types.into_iter().map(|(kind, _)| kind.label).collect();
    let depots: Vec<String> = page.depots.into_iter().map(|depot| depot.name).collect();
    view! {
        <Form act=CheckDeliveries::url() files=true anew=true>
            <Subject name="insee" value=insee />
            <FileField name="file" label=t.get(e::IMPORT_FILE) hint=t.get(e::IMPORT_FILE_HINT) accept=".csv,.txt,.tsv,text/csv,text/plain" />
            <Field name="text" kind="textarea" rows=8 label=t.get(e::IMPORT_TEXT) hint=t.get(e::IMPORT_TEXT_HINT) optional=true />
            <Field name="reason" label=t.get(e::IMPORT_REASON) hint=t.get(e::IMPORT_REASON_HINT) optional=true />
            <Submit label=t.get(e::IMPORT_CHECK) />
        </Form>
        <details class="disclosure">
            <summary>{t.get(e::KNOWN_NAMES)}</summary>
            <dl class="summary">
                <div><dt>{t.get(e::EQUIPMENT)}</dt><dd>{types.join(", ")}</dd></div>
                <div><dt>{t.get(e::DEPOT)}</dt><dd>{depots.join(", ")}</dd></div>
            </dl>
        </details>
    }
}

/// Deliveries before they are imported: what was understood, what would come in, what is refused and why.
#[component]
pub fn DeliveryPage() -> impl IntoView {
    let (insee, delivery) = (param("insee"), param("delivery"));
    let data = load(move || (insee.get(), delivery.get()), |(insee, id)| load_delivery(insee, id));
    loaded(data, |page| view! { <DeliveryView page=page /> })
}

#[component]
fn DeliveryView(page: Delivery) -> impl IntoView {
    let t = texts();
    let (insee, trail) = (page.town.insee.clone(), trail(t, &page.town));
    let columns = page
        .columns
        .iter()
        .map(|(name, meant)| {
            let meant = t.get(meant.map_or(e::COLUMN_IGNORED, labels::column));
            view! { <div><dt>{name.clone()}</dt><dd>{meant}</dd></div> }
        })
        .collect_view();
    let facts = [(page.taken, e::IMPORT_TAKEN), (page.refused_count, e::IMPORT_REFUSED)]
        .map(|(n, label)| view! { <div class="figure"><dt>{t.count(label, n)}</dt><dd>{t.number(n)}</dd></div> })
        .into_iter()
        .collect_view();
    let refused = page
        .refused
        .iter()
        .map(|line| {
            let number = t.with(e::LINE, &[("line", &line.line.to_string())]);
            view! { <li><strong>{number}</strong>" "{labels::problem(t, &line.problem)}</li> }
        })
        .collect_view();
    let back = routes::equipment_page(&insee, "import");
    let (id, taken) = (page.id.to_string(), page.taken);
    view! {
        <Page title=t.get(e::PREVIEW_TITLE) lead=t.get(e::PREVIEW_LEAD) trail=trail>
            <dl class="figures">{facts}</dl>
            {(page.refused_count > 0).then(|| view! {
                <section>
                    <h2>{t.get(e::REFUSED_TITLE)}</h2>
                    <p>{t.get(e::REFUSED_LEAD)}</p>
                    <ul>{refused}</ul>
                </section>
            })}
            <section><h2>{t.get(e::COLUMNS_TITLE)}</h2><dl class="summary">{columns}</dl></section>
            {(taken > 0).then(|| view! { <Sample rows=page.sample /> })}
            {(taken > 0).then(|| view! { <ImportForm insee=insee id=id taken=taken seen=page.seen /> })}
            <p><a class="btn btn--quiet" href=back>{t.get(e::IMPORT_AGAIN)}</a></p>
        </Page>
    }
}

#[component]
fn ImportForm(insee: String, id: String, taken: u32, seen: String) -> impl IntoView {
    view! {
        <Form act=ImportDeliveries::url()>
            <Subject name="insee" value=insee />
            <Subject name="id" value=id />
            <Subject name="seen" value=seen />
            <Submit label=texts().count(e::IMPORT_SUBMIT, taken) />
        </Form>
    }
}

#[component]
fn Sample(rows: Vec<(String, String, i32, String)>) -> impl IntoView {
    let t = texts();
    let rows = rows
        .into_iter()
        .map(|(equipment, depot, quantity, reason)| {
            view! {
                <tr>
                    <th scope="row">{equipment}</th>
                    <td data-label=t.get(e::QUANTITY) class="num"><span>{units(t, quantity)}</span></td>
                    <td data-label=t.get(e::DEPOT)><span>{depot}</span></td>
                    <td data-label=t.get(e::REASON)><span>{reason}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="data">
            <caption>{t.get(e::SAMPLE_TITLE)}</caption>
            <thead><tr>
                <th scope="col">{t.get(e::EQUIPMENT)}</th>
                <th scope="col" class="num">{t.get(e::QUANTITY)}</th>
                <th scope="col">{t.get(e::DEPOT)}</th>
                <th scope="col">{t.get(e::REASON)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
