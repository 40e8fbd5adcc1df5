use chrono::{DateTime, Utc};
use domain::supplies::{SupplyWeek, WeekSlot};
use leptos::prelude::*;

use crate::{
    i18n::{k::reviews as r, k::supplies as s, texts},
    routes,
    supplies::{ShortBanner, load_week},
    ui::{
        Empty, Icon, Page,
        page::{load, loaded, param},
        time::When,
    },
};

/// The equipment of a town in the days to come.
#[component]
pub fn WeekPage() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_week), |week| view! { <Week week=week /> })
}

#[component]
fn Week(week: SupplyWeek) -> impl IntoView {
    let t = texts();
    let insee = week.town.insee.clone();
    let trail = vec![(t.with(r::QUEUE_TITLE, &[("town", &week.town.name)]), routes::coordination(&insee))];
    let heads = [s::SLOT, s::MISSION, s::TO_HAND_OUT, s::OPEN_SHEET]
        .map(|head| view! { <th scope="col">{t.get(head)}</th> })
        .into_iter()
        .collect_view();
    let nothing = week.slots.is_empty();
    let enough = week.short.is_empty();
    let lines =
        week.slots.into_iter().map(|line| view! { <Line line=line insee=insee.clone() now=week.now /> }).collect_view();
    view! {
        <Page title=t.get(s::WEEK_TITLE) lead=t.get(s::WEEK_LEAD) trail=trail wide=true>
            <ShortBanner short=week.short />
            {enough.then(|| view! { <p class="notice notice--info"><Icon name="i-info" /><span>{t.get(s::SHORT_NONE)}</span></p> })}
            {if nothing {
                view! { <Empty title=t.get(s::WEEK_EMPTY_TITLE) text=t.get(s::WEEK_EMPTY_TEXT) /> }.into_any()
            } else {
                view! {
                    <div class="table-wrap">
                        <table class="data">
                            <caption>{t.get(s::WEEK_CAPTION)}</caption>
                            <thead><tr>{heads}</tr></thead>
                            <tbody>{lines}</tbody>
                        </table>
                    </div>
                }
                .into_any()
            }}
        </Page>
    }
}

#[component]
fn Line(line: WeekSlot, insee: String, now: DateTime<Utc>) -> impl IntoView {
    let t = texts();
    let slot = line.slot;
    let units = line
        .units
        .into_iter()
        .map(|(kind, needed, issued)| {
            let facts = [("label", kind.label), ("issued", t.number(issued)), ("needed", t.number(needed))];
            let facts = facts.each_ref().map(|(name, value)| (*name, value.as_str()));
            view! { <li>{t.with(s::PROGRESS, &facts)}</li> }
        })
        .collect_view();
    let over = slot.ends_at <= now;
    let units = if slot.taken == 0 {
        view! { {t.get(s::NOBODY_YET)} }.into_any()
    } else {
        view! { <ul class="plain-list" role="list">{units}</ul> }.into_any()
    };
    view! {
        <tr>
            <th scope="row">
                <When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at />
                {over.then(|| view! { " "<span class="tag">{t.get(s::PAST)}</span> })}
            </th>
            <td data-label=t.get(s::MISSION)><span>{line.title}", "{line.organisation}</span></td>
            <td data-label=t.get(s::TO_HAND_OUT)><span>{units}</span></td>
            <td data-label=t.get(s::OPEN_SHEET)><a class="btn btn--small" href=routes::town_sheet(&insee, slot.id)>{t.get(s::OPEN_SHEET)}</a></td>
        </tr>
    }
}
