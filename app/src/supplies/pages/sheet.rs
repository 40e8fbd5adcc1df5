use domain::supplies::{SheetDoor, SheetKind, SheetPerson, SlotSheet};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::people::{Desk, Person};
use crate::{
    i18n::{k::reviews as r, k::supplies as s, texts},
    routes,
    supplies::{load_own_sheet, load_town_sheet},
    ui::{
        Empty, Icon, Page,
        page::{load, loaded},
        time::{self, When},
    },
};

/// Empty lines of the printed list, for who comes unannounced.
const EMPTY_LINES: usize = 3;

/// The handing-out sheet, for the town's coordination.
#[component]
pub fn TownSheetPage() -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        let get = |name: &str| params.read().get(name).unwrap_or_default();
        (get("insee"), get("slot"))
    });
    let data = load(move || asked.get(), |(insee, slot)| load_town_sheet(insee, slot));
    loaded(data, |sheet| view! { <Sheet sheet=sheet /> })
}

/// The handing-out sheet, for the organisation that holds the slot.
#[component]
pub fn OwnSheetPage() -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        let get = |name: &str| params.read().get(name).unwrap_or_default();
        (get("id"), get("mission"), get("slot"))
    });
    let data = load(move || asked.get(), |(id, mission, slot)| load_own_sheet(id, mission, slot));
    loaded(data, |sheet| view! { <Sheet sheet=sheet /> })
}

fn trail(sheet: &SlotSheet) -> Vec<(String, String)> {
    let t = texts();
    match &sheet.door {
        SheetDoor::Town(insee) => vec![
            (t.with(r::QUEUE_TITLE, &[("town", &sheet.town.name)]), routes::coordination(insee)),
            (t.get(s::WEEK_TITLE).to_owned(), routes::town_supplies(insee)),
        ],
        SheetDoor::Organisation(organisation, mission) => {
            // A partner has no other page of the mission than that of its candidates.
            let page = if sheet.partner { "candidatures" } else { "relecture" };
            vec![
                (sheet.organisation.1.clone(), routes::organisation_space(*organisation)),
                (sheet.title.clone(), routes::own_mission(*organisation, *mission, page)),
            ]
        }
    }
}

#[component]
fn Sheet(sheet: SlotSheet) -> impl IntoView {
    let t = texts();
    let lead = t.with(s::SHEET_LEAD, &[("mission", &sheet.title), ("organisation", &sheet.organisation.1)]);
    let slot = sheet.slot.clone();
    let here = match &sheet.door {
        SheetDoor::Town(insee) => routes::town_sheet(insee, slot.id),
        SheetDoor::Organisation(organisation, mission) => routes::own_sheet(*organisation, *mission, slot.id),
    };
    let desk = Desk {
        here,
        slot: slot.id,
        kinds: sheet.kinds.iter().map(|line| line.kind.clone()).collect(),
        may_hand_out: sheet.may_write && sheet.takes_place,
        may_take_back: sheet.may_write,
        until: time::date(t.locale(), domain::paris::date(sheet.signatures_until)),
    };
    let printed = view! { <Printed kinds=sheet.kinds.clone() people=sheet.people.clone() /> };
    let nothing = sheet.kinds.is_empty();
    view! {
        <Page title=t.get(s::SHEET_TITLE) lead=lead trail=trail(&sheet)>
            <p class="slot__when"><When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at /></p>
            <Notes sheet=sheet.clone() />
            {if nothing {
                view! { <Empty title=t.get(s::SHEET_NOTHING_TITLE) text=t.get(s::SHEET_NOTHING_TEXT) /> }.into_any()
            } else {
                view! {
                    <Stock kinds=sheet.kinds coordination=matches!(sheet.door, SheetDoor::Town(_)) />
                    <PrintButton />
                    <People people=sheet.people desk=desk />
                    {printed}
                }
                .into_any()
            }}
        </Page>
    }
}

/// What one should know before handing anything out.
#[component]
fn Notes(sheet: SlotSheet) -> impl IntoView {
    let t = texts();
    let own = matches!(sheet.door, SheetDoor::Organisation(..));
    let notes = [
        (sheet.slot.cancelled, s::SHEET_CANCELLED),
        (!sheet.takes_place && !sheet.slot.cancelled, s::SHEET_NOT_ONLINE),
        (!sheet.may_write, s::SHEET_READ_ONLY),
        (own && sheet.takes_place && !sheet.kinds.is_empty(), s::SHEET_FROM_RESERVED),
    ];
    notes
        .into_iter()
        .filter(|(shown, _)| *shown)
        .map(|(_, text)| view! { <div class="notice notice--info"><Icon name="i-info" /><p>{t.get(text)}</p></div> })
        .collect_view()
}

#[component]
fn Stock(kinds: Vec<SheetKind>, coordination: bool) -> impl IntoView {
    let t = texts();
    let mut heads = vec![s::KIND, s::EACH, s::COMMON, s::RESERVED, s::ISSUED];
    if coordination {
        heads.extend([s::FREE, s::WHERE]);
    }
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{t.get(head)}</th> }).collect_view();
    let lines = kinds.into_iter().map(|line| view! { <StockLine line=line /> }).collect_view();
    view! {
        <div class="table-wrap no-print">
            <table class="data">
                <caption>{t.get(s::STOCK_CAPTION)}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn StockLine(line: SheetKind) -> impl IntoView {
    let t = texts();
    let figures = [
        (s::EACH, line.need.per_volunteer),
        (s::COMMON, line.need.per_slot),
        (s::RESERVED, line.reserved),
        (s::ISSUED, line.issued),
    ];
    let figures = figures
        .into_iter()
        .chain(line.free.map(|free| (s::FREE, free)))
        .map(|(head, n)| view! { <td class="num" data-label=t.get(head)><span>{t.number(n)}</span></td> })
        .collect_view();
    let depots = line.free.is_some().then(|| {
        let depots =
            line.depots.iter().map(|(depot, n)| t.with(s::WHERE_UNITS, &[("depot", depot), ("n", &t.number(*n))]));
        let depots = depots.collect::<Vec<_>>().join("\u{a0}; ");
        view! { <td data-label=t.get(s::WHERE)><span>{depots}</span></td> }
    });
    view! { <tr><th scope="row">{line.kind.label}</th>{figures}{depots}</tr> }
}

/// Without scripts, the browser's own menu prints.
#[component]
fn PrintButton() -> impl IntoView {
    let t = texts();
    let alive = RwSignal::new(false);
    Effect::new(move || alive.set(true));
    let print = move |_| drop(window().print());
    view! {
        <p class="btn-row">
            {move || alive.get().then(|| view! { <button class="btn" type="button" on:click=print><Icon name="i-file" />{t.get(s::SHEET_PRINT)}</button> })}
        </p>
        <p class="field__hint no-print">{t.get(s::SHEET_PRINT_HINT)}</p>
    }
}

#[component]
fn People(people: Vec<SheetPerson>, desk: Desk) -> impl IntoView {
    let t = texts();
    if people.is_empty() {
        return view! { <Empty title=t.get(s::SHEET_NOBODY_TITLE) text=t.get(s::SHEET_NOBODY_TEXT) /> }.into_any();
    }
    let lines =
        people.into_iter().map(|person| view! { <li><Person person=person desk=desk.clone() /></li> }).collect_view();
    view! { <section class="no-print"><h2>{t.get(s::PEOPLE)}</h2><ul class="plain-list stack" role="list">{lines}</ul></section> }
        .into_any()
}

/// The list on paper: a box for each item, room to sign.
#[component]
fn Printed(kinds: Vec<SheetKind>, people: Vec<SheetPerson>) -> impl IntoView {
    let t = texts();
    let heads = kinds
        .iter()
        .map(|line| view! { <th scope="col">{line.kind.label.clone()}" ("{line.kind.unit.clone()}")"</th> })
        .collect_view();
    let line = |name: String| {
        let boxes = kinds
            .iter()
            .map(|line| {
                let each = Some(line.need.per_volunteer).filter(|each| *each > 0).map(|each| format!("\u{a0}{each}"));
                view! { <td>"☐"{each}</td> }
            })
            .collect_view();
        view! { <tr><th scope="row">{name}</th>{boxes}<td class="printed__sign"></td></tr> }
    };
    let expected = people.into_iter().filter(|person| person.expected).map(|person| line(person.name)).collect_view();
    let empty = (0..EMPTY_LINES).map(|_| line(String::new())).collect_view();
    view! {
        <table class="printed">
            <thead><tr><th scope="col">{t.get(s::PRINT_NAME)}</th>{heads}<th scope="col">{t.get(s::PRINT_SIGN)}</th></tr></thead>
            <tbody>{expected}{empty}</tbody>
        </table>
    }
}
