use domain::{
    equipment::{DepotForm, DepotRef, StockLine, StockPage as Stock},
    network::TownRef,
    supplies::Shortage,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::units;
use crate::{
    equipment::{AddDepot, load_stock},
    i18n::{k, k::equipment as e, texts},
    routes,
    supplies::{ShortBanner, load_week},
    ui::{
        Empty, Field, Fold, Form, Icon, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// What a town has in its depots.
#[component]
pub fn StockPage() -> impl IntoView {
    let insee = param("insee");
    let data = load(
        move || insee.get(),
        async |insee: String| Ok((load_stock(insee.clone()).await?, load_week(insee).await?)),
    );
    loaded(data, |(page, week)| view! { <StockView page=page short=week.short /> })
}

#[component]
fn StockView(page: Stock, short: Vec<Shortage>) -> impl IntoView {
    let t = texts();
    let insee = page.town.insee.clone();
    let trail = vec![(t.with(e::COORDINATION, &[("town", &page.town.name)]), routes::coordination(&insee))];
    let low = u32::try_from(page.lines.iter().filter(|line| line.low).count()).unwrap_or_default();
    let warning = (low > 0).then(|| {
        view! { <p class="notice notice--warn"><Icon name="i-warning" /><span>{t.count(e::LOW_COUNT, low)}</span></p> }
    });
    let may_write = page.may_write;
    let acts = (may_write && page.depots.iter().any(|(depot, _)| !depot.closed))
        .then(|| view! { <Acts town=page.town.clone() /> });
    view! {
        <Page title=t.get(e::TITLE) lead=t.get(e::LEAD) trail=trail wide=true>
            <ShortBanner short=short insee=insee.clone() />
            {warning}
            {acts}
            <StockTable insee=insee.clone() lines=page.lines />
            <div class="btn-row">
                <a class="btn" href=routes::town_supplies(&insee)><Icon name="i-calendar" />{t.get(k::supplies::WEEK_TITLE)}</a>
                <a class="btn" href=routes::equipment_page(&insee, "mouvements")><Icon name="i-file" />{t.get(e::SEE_LEDGER)}</a>
                <Export action=format!("{}/stock.csv", routes::equipment(&insee)) />
            </div>
            <Depots insee=insee depots=page.depots may_write=may_write />
        </Page>
    }
}

/// A file: asked for by a form, so that it is never taken for a page.
#[component]
pub fn Export(
    /// Its address.
    action: String,
    /// What is asked, as the address says it.
    #[prop(optional)]
    fields: Vec<(&'static str, String)>,
) -> impl IntoView {
    let fields =
        fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    view! {
        <form method="get" action=action>
            {fields}
            <button class="btn btn--quiet" type="submit">{texts().get(e::EXPORT)}</button>
        </form>
    }
}

#[component]
fn Acts(town: TownRef) -> impl IntoView {
    let t = texts();
    let insee = town.insee;
    let desk = |act: &str| routes::equipment_desk(&insee, act);
    view! {
        <nav class="btn-row" aria-label=t.get(e::ACTS)>
            <a class="btn btn--primary" href=desk("receive")>{t.get(e::RECEIVE)}</a>
            <a class="btn" href=desk("transfer")>{t.get(e::TRANSFER)}</a>
            <a class="btn" href=desk("lose")>{t.get(e::LOSE)}</a>
            <a class="btn btn--quiet" href=routes::equipment_page(&insee, "import")>{t.get(e::IMPORT)}</a>
            <a class="btn btn--quiet" href=routes::equipment_page(&insee, "seuils")>{t.get(e::LEVELS)}</a>
        </nav>
    }
}

#[component]
fn StockTable(insee: String, lines: Vec<StockLine>) -> impl IntoView {
    let t = texts();
    if lines.iter().all(|line| line.balance.on_hand == 0 && line.level == 0) {
        return view! { <Empty title=t.get(e::STOCK_EMPTY) text=t.get(e::STOCK_EMPTY_TEXT) /> }.into_any();
    }
    let rows = lines.into_iter().map(|line| view! { <Line insee=insee.clone() line=line /> }).collect_view();
    view! {
        <table class="data">
            <caption>{t.get(e::STOCK)}</caption>
            <thead><tr>
                <th scope="col">{t.get(e::EQUIPMENT)}</th>
                <th scope="col" class="num">{t.get(e::ON_HAND)}</th>
                <th scope="col" class="num">{t.get(e::RESERVED)}</th>
                <th scope="col" class="num">{t.get(e::FREE)}</th>
                <th scope="col" class="num">{t.get(e::LEVEL)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Line(insee: String, line: StockLine) -> impl IntoView {
    let t = texts();
    let ledger = format!("{}?materiel={}", routes::equipment_page(&insee, "mouvements"), line.equipment.code);
    let level = if line.level == 0 { t.get(e::NO_LEVEL).to_owned() } else { units(t, line.level) };
    let low = line.low.then(|| {
        view! { " "<span class="pill pill--urgent"><Icon name="i-warning" /><span>{t.get(e::LOW)}</span></span> }
    });
    view! {
        <tr>
            <th scope="row"><a href=ledger>{line.equipment.label}</a>" "<span class="muted">{format!("({})", line.equipment.unit)}</span>{low}</th>
            <td data-label=t.get(e::ON_HAND) class="num"><span>{units(t, line.balance.on_hand)}</span></td>
            <td data-label=t.get(e::RESERVED) class="num"><span>{units(t, line.balance.reserved)}</span></td>
            <td data-label=t.get(e::FREE) class="num"><strong>{units(t, line.balance.free())}</strong></td>
            <td data-label=t.get(e::LEVEL) class="num"><span>{level}</span></td>
        </tr>
    }
}

#[component]
fn Depots(insee: String, depots: Vec<(DepotRef, u32)>, may_write: bool) -> impl IntoView {
    let t = texts();
    let none = depots.is_empty().then(|| view! { <p>{t.get(e::NO_DEPOT)}</p> });
    let items = depots
        .into_iter()
        .map(|(depot, types)| {
            let closed = depot.closed.then(|| view! { " "<span class="pill pill--closed">{t.get(e::CLOSED)}</span> });
            let holds = (!depot.closed).then(|| format!(" ({})", t.count(e::DEPOT_HOLDS, types)));
            view! { <li><a class="btn btn--quiet" href=routes::depot(&insee, depot.id)>{depot.name}</a>{holds}{closed}</li> }
        })
        .collect_view();
    let add = may_write.then(|| {
        view! {
            <Fold summary=t.get(e::ADD_DEPOT) act=AddDepot::url()>
                <Form act=AddDepot::url() group="form">
                    <Subject name="insee" value=insee />
                    <DepotFields form=DepotForm::default() />
                    <Submit label=t.get(e::ADD_DEPOT) />
                </Form>
            </Fold>
        }
    });
    view! {
        <section>
            <h2>{t.get(e::DEPOTS)}</h2>
            <p class="muted">{t.get(e::DEPOTS_HINT)}</p>
            {none}
            <ul class="plain-list">{items}</ul>
            {add}
        </section>
    }
}

/// The fields of a depot.
#[component]
pub fn DepotFields(
    /// The values before any typing.
    form: DepotForm,
) -> impl IntoView {
    let t = texts();
    view! {
        <Field name="name" label=t.get(e::DEPOT_NAME) hint=t.get(e::DEPOT_NAME_HINT) value=form.name />
        <Field name="address" label=t.get(e::DEPOT_ADDRESS) hint=t.get(e::DEPOT_ADDRESS_HINT) value=form.address optional=true />
    }
}
