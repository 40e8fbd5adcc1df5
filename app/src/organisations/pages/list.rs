use domain::{organisations::OrganisationStatus, reviews::OrganisationRow};
use leptos::prelude::*;

use crate::{
    i18n::{k::organisations as o, texts},
    organisations::{components::StatusPill, labels, load_organisations},
    routes,
    ui::{
        Empty, Page,
        page::{load, loaded, param},
        time::Day,
    },
};

/// The organisations of a town, for its coordinators: those that wait first.
#[component]
pub fn TownOrganisations() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_organisations), move |rows| {
        view! { <ListView insee=insee.get_untracked() rows=rows /> }
    })
}

#[component]
fn ListView(insee: String, rows: Vec<OrganisationRow>) -> impl IntoView {
    let t = texts();
    let trail = vec![(t.get(o::COORDINATION).to_owned(), routes::coordination(&insee))];
    let waiting = rows.iter().filter(|row| row.status == OrganisationStatus::Submitted).count();
    let lead = t.count(o::LIST_WAITING, u32::try_from(waiting).unwrap_or(u32::MAX));
    if rows.is_empty() {
        return view! {
            <Page title=t.get(o::LIST_TITLE) trail=trail>
                <Empty title=t.get(o::LIST_EMPTY) text=t.get(o::LIST_EMPTY_TEXT) />
            </Page>
        }
        .into_any();
    }
    let rows = rows.into_iter().map(|row| view! { <Line insee=insee.clone() row=row /> }).collect_view();
    view! {
        <Page title=t.get(o::LIST_TITLE) lead=lead trail=trail>
            <table class="data">
                <caption class="visually-hidden">{t.get(o::LIST_TITLE)}</caption>
                <thead><tr>
                    <th scope="col">{t.get(o::NAME)}</th>
                    <th scope="col">{t.get(o::LEGAL_FORM)}</th>
                    <th scope="col">{t.get(o::COLUMN_STATUS)}</th>
                    <th scope="col">{t.get(o::COLUMN_SENT)}</th>
                    <th scope="col">{t.get(o::COLUMN_PUBLISHED)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </Page>
    }
    .into_any()
}

#[component]
fn Line(insee: String, row: OrganisationRow) -> impl IntoView {
    let t = texts();
    view! {
        <tr>
            <th scope="row"><a href=routes::coordination_organisation(&insee, row.id)>{row.name}</a></th>
            <td data-label=t.get(o::LEGAL_FORM)><span>{labels::legal_form(t, &row.legal_form)}</span></td>
            <td data-label=t.get(o::COLUMN_STATUS)><StatusPill status=row.status /></td>
            <td data-label=t.get(o::COLUMN_SENT)><span>{row.submitted_at.map(|at| view! { <Day at=at /> })}</span></td>
            <td data-label=t.get(o::COLUMN_PUBLISHED) class="num"><span>{t.number(row.published)}</span></td>
        </tr>
    }
}
