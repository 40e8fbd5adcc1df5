use domain::equipment::{Balance, CountPage as Count, CountSheet, CountedLine, EquipmentType};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{trail, units};
use crate::{
    equipment::{SaveCount, labels, load_count, load_count_sheet},
    i18n::{k::equipment as e, texts},
    routes,
    ui::{
        Field, Form, Icon, Page, Subject, Submit,
        page::{load, loaded, param},
        time,
    },
};

/// The sheet of a count.
#[component]
pub fn CountSheetPage() -> impl IntoView {
    let (insee, depot) = (param("insee"), param("depot"));
    let data = load(move || (insee.get(), depot.get()), |(insee, id)| load_count_sheet(insee, id));
    loaded(data, |sheet| view! { <SheetView sheet=sheet /> })
}

#[component]
fn SheetView(sheet: CountSheet) -> impl IntoView {
    let t = texts();
    let (insee, id) = (sheet.town.insee.clone(), sheet.depot.id);
    let mut trail = trail(t, &sheet.town);
    trail.push((sheet.depot.name.clone(), routes::depot(&insee, id)));
    let title = t.with(e::COUNT_TITLE, &[("depot", &sheet.depot.name)]);
    view! {
        <Page title=title lead=t.get(e::COUNT_LEAD) trail=trail narrow=true>
            <Form act=SaveCount::url() keep=true>
                <Subject name="insee" value=insee />
                <Subject name="depot" value=id.to_string() />
                <Subject name="once" value=sheet.once />
                <div id="lines" tabindex="-1">
                    {sheet.lines.into_iter().enumerate().map(|(place, (kind, balance))| view! { <SheetLine place=place kind=kind balance=balance /> }).collect_view()}
                </div>
                <Field name="note" label=t.get(e::NOTE) optional=true />
                <Submit label=t.get(e::SAVE_COUNT) />
            </Form>
        </Page>
    }
}

#[component]
fn SheetLine(place: usize, kind: EquipmentType, balance: Balance) -> impl IntoView {
    let t = texts();
    let expected = format!("{} ({})", units(t, balance.on_hand), kind.unit);
    view! {
        <fieldset>
            <legend>{kind.label}</legend>
            <p class="muted">{t.get(e::EXPECTED)}" "<strong>{expected}</strong></p>
            <input type="hidden" name=format!("lines[{place}][code]") value=kind.code />
            <input type="hidden" name=format!("lines[{place}][expected]") value=balance.on_hand.to_string() />
            <div class="form__row">
                <Field name=format!("lines.{place}.counted") label=t.get(e::COUNTED) inputmode="numeric" optional=true />
                <Field name=format!("lines.{place}.reason") label=t.get(e::REASON_IF_DIFFERENT) optional=true />
            </div>
        </fieldset>
    }
}

/// A count, with what it found.
#[component]
pub fn CountPage() -> impl IntoView {
    let (insee, count) = (param("insee"), param("count"));
    let data = load(move || (insee.get(), count.get()), |(insee, id)| load_count(insee, id));
    loaded(data, |page| view! { <CountView page=page /> })
}

#[component]
fn CountView(page: Count) -> impl IntoView {
    let t = texts();
    let mut trail = trail(t, &page.town);
    trail.push((page.depot.name.clone(), routes::depot(&page.town.insee, page.depot.id)));
    let date = time::date(t.locale(), domain::paris::date(page.at));
    let title = t.with(e::COUNT_DONE_TITLE, &[("date", &date), ("depot", &page.depot.name)]);
    let by = t.with(e::COUNT_BY, &[("name", &page.by), ("when", &time::instant(t.locale(), page.at))]);
    let rows = page.lines.into_iter().map(|line| view! { <CountRow line=line /> }).collect_view();
    view! {
        <Page title=title lead=by trail=trail>
            {(!page.note.is_empty()).then(|| view! { <p>{page.note}</p> })}
            <table class="data">
                <caption class="visually-hidden">{t.get(e::COUNTED_LINES)}</caption>
                <thead><tr>
                    <th scope="col">{t.get(e::EQUIPMENT)}</th>
                    <th scope="col" class="num">{t.get(e::EXPECTED)}</th>
                    <th scope="col" class="num">{t.get(e::COUNTED)}</th>
                    <th scope="col">{t.get(e::DIFFERENCE)}</th>
                    <th scope="col">{t.get(e::REASON)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </Page>
    }
}

#[component]
fn CountRow(line: CountedLine) -> impl IntoView {
    let t = texts();
    let difference = line.counted - line.expected;
    let shown = if difference == 0 {
        view! { <span class="muted">{t.get(e::NO_DIFFERENCE)}</span> }.into_any()
    } else {
        view! { <span class="pill pill--changes"><Icon name="i-warning" /><span>{labels::signed(difference)}</span></span> }
            .into_any()
    };
    view! {
        <tr>
            <th scope="row">{line.equipment.label}</th>
            <td data-label=t.get(e::EXPECTED) class="num"><span>{units(t, line.expected)}</span></td>
            <td data-label=t.get(e::COUNTED) class="num"><span>{units(t, line.counted)}</span></td>
            <td data-label=t.get(e::DIFFERENCE)>{shown}</td>
            <td data-label=t.get(e::REASON)><span>{line.reason}</span></td>
        </tr>
    }
}
