use domain::equipment::{LedgerLine, LedgerPage as Ledger, LedgerQuery, MovementKind};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{stock::Export, trail};
use crate::{
    equipment::{kind_word, labels, load_ledger},
    i18n::{k::equipment as e, texts},
    routes,
    ui::{
        Empty, FilterSelect, Page, Pager, Time,
        page::{load, loaded, param},
        problems,
    },
};

/// The ledger of a town's equipment.
#[component]
pub fn LedgerPage() -> impl IntoView {
    let (insee, query) = (param("insee"), use_query_map());
    let asked = Memo::new(move |_| {
        let of = |name: &str| query.read().get(name).unwrap_or_default();
        let query = LedgerQuery {
            equipment: of("materiel"),
            depot: of("depot"),
            kind: of("mouvement"),
            mission: of("mission"),
            from: of("du"),
            to: of("au"),
            page: of("page").parse().unwrap_or(1),
        };
        (insee.get(), query)
    });
    let data = load(move || asked.get(), |(insee, query)| load_ledger(insee, query));
    loaded(data, move |page| view! { <LedgerView page=page query=asked.get_untracked().1 /> })
}

/// What is asked, as the address says it.
fn fields(query: &LedgerQuery) -> Vec<(&'static str, String)> {
    [
        ("materiel", &query.equipment),
        ("depot", &query.depot),
        ("mouvement", &query.kind),
        ("mission", &query.mission),
        ("du", &query.from),
        ("au", &query.to),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name, value.clone()))
    .collect()
}

#[component]
fn LedgerView(page: Ledger, query: LedgerQuery) -> impl IntoView {
    let t = texts();
    let insee = page.town.insee.clone();
    let trail = trail(t, &page.town);
    let path = routes::equipment_page(&insee, "mouvements");
    let asked = fields(&query);
    let address = {
        let kept: String = asked.iter().map(|(name, value)| format!("{name}={}&", routes::encode(value))).collect();
        let path = path.clone();
        move |page: u32| format!("{path}?{kept}page={page}")
    };
    let of_mission = page.mission.clone().map(|title| {
        let path = path.clone();
        view! {
            <p>{t.with(e::OF_MISSION, &[("mission", &title)])}" "<a href=path>{t.get(e::ALL_MISSIONS)}</a></p>
        }
    });
    let list = if page.lines.is_empty() {
        view! { <Empty title=t.get(e::LEDGER_EMPTY) text=t.get(e::LEDGER_EMPTY_TEXT) /> }.into_any()
    } else {
        view! { <Lines insee=insee.clone() lines=page.lines total=page.total /> }.into_any()
    };
    let depots = page.depots.into_iter().map(|depot| (depot.id.to_string(), depot.name)).collect();
    view! {
        <Page title=t.get(e::LEDGER_TITLE) lead=t.get(e::LEDGER_LEAD) trail=trail wide=true>
            <Filters path=path.clone() query=query types=page.types depots=depots />
            {of_mission}
            {list}
            <Pager page=page.page pages=page.pages address=address />
            <Export action=format!("{path}.csv") fields=asked />
        </Page>
    }
}

/// A plain form of the address: it works without scripts, and the address can be kept.
#[component]
fn Filters(
    path: String,
    query: LedgerQuery,
    types: Vec<(String, String)>,
    depots: Vec<(String, String)>,
) -> impl IntoView {
    let t = texts();
    let open = !fields(&query).is_empty();
    let kinds = MovementKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), t.get(kind_word(*kind)).to_owned()));
    let selects = [
        ("materiel", e::EQUIPMENT, e::ANY_EQUIPMENT, types, query.equipment),
        ("depot", e::DEPOT, e::ANY_DEPOT, depots, query.depot),
        ("mouvement", e::KIND, e::ANY_KIND, kinds.collect(), query.kind),
    ]
    .map(|(name, label, any, choices, value)| {
        view! { <FilterSelect name=name label=label any=any choices=choices value=value /> }
    })
    .into_iter()
    .collect_view();
    let days = [("du", e::FROM, query.from), ("au", e::TO, query.to)]
        .map(|(name, label, value)| {
            let id = format!("filtre-{name}");
            view! {
                <div class="field">
                    <label class="field__label" for=id.clone()>{t.get(label)}</label>
                    <input class="field__input" id=id name=name type="date" value=value />
                </div>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <details class="disclosure" open=open>
            <summary>{t.get(e::FILTERS)}</summary>
            <form class="form" method="get" action=path>
                <div class="form__row">{selects}{days}</div>
                <button class="btn" type="submit">{t.get(e::SHOW)}</button>
            </form>
        </details>
    }
}

#[component]
fn Lines(insee: String, lines: Vec<LedgerLine>, total: u32) -> impl IntoView {
    let t = texts();
    let rows = lines.into_iter().map(|line| view! { <Line insee=insee.clone() line=line /> }).collect_view();
    view! {
        <table class="data">
            <caption>{t.count(e::ENTRIES, total)}</caption>
            <thead><tr>
                <th scope="col">{t.get(e::DATE)}</th>
                <th scope="col">{t.get(e::KIND)}</th>
                <th scope="col">{t.get(e::EQUIPMENT)}</th>
                <th scope="col" class="num">{t.get(e::QUANTITY)}</th>
                <th scope="col">{t.get(e::DEPOT)}</th>
                <th scope="col">{t.get(e::DETAILS)}</th>
                <th scope="col">{t.get(e::WRITTEN_BY)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Line(insee: String, line: LedgerLine) -> impl IntoView {
    let t = texts();
    let corrected = line.kind == MovementKind::Corrected;
    let quantity = if corrected { labels::signed(line.quantity) } else { line.quantity.to_string() };
    let mission = line.mission.map(|(id, title)| {
        let href = format!("{}?mission={id}", routes::equipment_page(&insee, "mouvements"));
        view! { <p><a href=href>{title}</a></p> }
    });
    let volunteer = (!line.volunteer.is_empty())
        .then(|| view! { <p>{format!("{}{}{}", t.get(e::VOLUNTEER), problems::separator(t), line.volunteer)}</p> });
    let reason = (!line.reason.is_empty()).then(|| view! { <p>{line.reason}</p> });
    view! {
        <tr>
            <th scope="row"><Time at=line.at /></th>
            <td data-label=t.get(e::KIND)><span>{t.get(kind_word(line.kind))}</span></td>
            <td data-label=t.get(e::EQUIPMENT)><span>{line.equipment}</span></td>
            <td data-label=t.get(e::QUANTITY) class="num"><strong>{quantity}</strong></td>
            <td data-label=t.get(e::DEPOT)><span>{line.depot}</span></td>
            <td data-label=t.get(e::DETAILS)><div>{mission}{volunteer}{reason}</div></td>
            <td data-label=t.get(e::WRITTEN_BY)><span>{line.by}</span></td>
        </tr>
    }
}
