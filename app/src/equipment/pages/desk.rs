use domain::equipment::{DepotRef, DeskAct, DeskPage as Desk, EquipmentType};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::trail;
use crate::{
    equipment::{SaveLevels, WriteDown, load_desk},
    i18n::{Text, k::common as c, k::equipment as e, texts},
    routes,
    ui::{
        Empty, Field, Form, Hidden, Page, Select, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// Writing down what came in, is gone or is carried, as `?acte=` says.
#[component]
pub fn DeskPage() -> impl IntoView {
    let (insee, query) = (param("insee"), use_query_map());
    let asked = Memo::new(move |_| {
        let of = |name: &str| query.read().get(name).unwrap_or_default();
        (insee.get(), of("acte"), of("materiel"), of("depot"))
    });
    let data = load(move || asked.get().0, load_desk);
    loaded(data, move |page| {
        let (_, act, equipment, depot) = asked.get_untracked();
        let act = DeskAct::parse(&act).unwrap_or(DeskAct::Receive);
        view! { <DeskView page=page act=act equipment=equipment depot=depot /> }
    })
}

/// Title, lead, label of the reason, its hint, label of the button.
const fn words(act: DeskAct) -> (Text, Text, Text, Option<Text>, Text) {
    match act {
        DeskAct::Receive => {
            (e::RECEIVE, e::DESK_RECEIVE_LEAD, e::REASON_RECEIVED, Some(e::REASON_RECEIVED_HINT), e::WRITE_RECEIVE)
        }
        DeskAct::Lose => (e::LOSE, e::DESK_LOSE_LEAD, e::REASON_LOST, None, e::WRITE_LOSE),
        DeskAct::Transfer => (e::TRANSFER, e::DESK_TRANSFER_LEAD, e::REASON_TRANSFER, None, e::WRITE_TRANSFER),
    }
}

#[component]
fn DeskView(page: Desk, act: DeskAct, equipment: String, depot: String) -> impl IntoView {
    let t = texts();
    let (title, lead, ..) = words(act);
    let insee = page.town.insee.clone();
    let trail = trail(t, &page.town);
    let needed = if act == DeskAct::Transfer { 2 } else { 1 };
    let form = if page.depots.len() < needed {
        let text = if page.depots.is_empty() { e::NO_DEPOT_TEXT } else { e::ONE_DEPOT_TEXT };
        let back = routes::equipment(&insee);
        view! {
            <Empty title=t.get(e::NO_DEPOT_TITLE) text=t.get(text)>
                <a class="btn btn--primary" href=back>{t.get(e::SEE_STOCK)}</a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <DeskForm insee=insee act=act types=page.types depots=page.depots equipment=equipment depot=depot once=page.once /> }
            .into_any()
    };
    view! { <Page title=t.get(title) lead=t.get(lead) trail=trail narrow=true>{form}</Page> }
}

#[component]
fn DeskForm(
    insee: String,
    act: DeskAct,
    types: Vec<(EquipmentType, i32)>,
    depots: Vec<DepotRef>,
    equipment: String,
    depot: String,
    once: String,
) -> impl IntoView {
    let t = texts();
    let (_, _, reason, hint, submit) = words(act);
    let choose = || (String::new(), t.get(e::CHOOSE).to_owned());
    let types: Vec<_> = std::iter::once(choose())
        .chain(types.into_iter().map(|(kind, _)| (kind.code, format!("{} ({})", kind.label, kind.unit))))
        .collect();
    let only = if depots.len() == 1 { depots.first().map(|one| one.id.to_string()) } else { None };
    let depots: Vec<_> =
        std::iter::once(choose()).chain(depots.into_iter().map(|one| (one.id.to_string(), one.name))).collect();
    let depot = only.unwrap_or(depot);
    let from = if act == DeskAct::Transfer { e::FROM_DEPOT } else { e::DEPOT };
    let into = (act == DeskAct::Transfer).then(|| depots.clone());
    view! {
        <Form act=WriteDown::url() group="form" keep=true>
            <Subject name="insee" value=insee />
            <Hidden name="act" value=act.as_str() />
            <Hidden name="once" value=once />
            <Select name="equipment" label=t.get(e::EQUIPMENT) options=types value=equipment />
            <Field name="quantity" label=t.get(e::QUANTITY) hint=t.get(e::QUANTITY_HINT) inputmode="numeric" />
            <Select name="depot" label=t.get(from) options=depots value=depot />
            {into.map(|depots| view! { <Select name="destination" label=t.get(e::DESTINATION) options=depots /> })}
            <Field name="reason" label=t.get(reason) hint=hint.map(|hint| t.get(hint)).unwrap_or_default() optional=act != DeskAct::Lose />
            <Submit label=t.get(submit) />
        </Form>
    }
}

/// Under how many free units a town is told.
#[component]
pub fn LevelsPage() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_desk), |page| view! { <LevelsView page=page /> })
}

#[component]
fn LevelsView(page: Desk) -> impl IntoView {
    let t = texts();
    let (insee, trail) = (page.town.insee.clone(), trail(t, &page.town));
    view! {
        <Page title=t.get(e::LEVELS_TITLE) lead=t.get(e::LEVELS_LEAD) trail=trail narrow=true>
            <Form act=SaveLevels::url()>
                <Subject name="insee" value=insee />
                {page.types.into_iter().enumerate().map(|(place, (kind, level))| view! { <Level place=place kind=kind level=level /> }).collect_view()}
                <Submit label=t.get(c::SAVE) />
            </Form>
        </Page>
    }
}

#[component]
fn Level(place: usize, kind: EquipmentType, level: i32) -> impl IntoView {
    let value = if level == 0 { String::new() } else { level.to_string() };
    view! {
        <input type="hidden" name=format!("levels[{place}][code]") value=kind.code />
        <Field name=format!("levels.{place}.level") label=format!("{} ({})", kind.label, kind.unit) value=value inputmode="numeric" optional=true />
    }
}
