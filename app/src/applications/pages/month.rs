use chrono::{Datelike, NaiveDate};
use domain::{
    applications::month::{Month, MonthPage as Own, MonthSlot, on},
    missions::SlotKind,
    paris,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    applications::{ApplicationPill, load_month},
    i18n::{Text, Texts, k, k::applications as a, texts},
    routes,
    ui::{
        Page,
        page::{load, loaded},
        time::{self, When},
    },
};

/// A month of one's own slots, as a table.
#[component]
pub fn MonthPage() -> impl IntoView {
    let map = use_query_map();
    let month = Memo::new(move |_| map.read().get("mois").unwrap_or_default());
    loaded(load(move || month.get(), load_month), |own| view! { <Shown own=own /> })
}

#[component]
fn Shown(own: Own) -> impl IntoView {
    let t = texts();
    let Own { month, today, slots } = own;
    let title = t.with(a::MONTH_TITLE, &[("month", &time::month(t.locale(), month.first()))]);
    let trail = vec![(t.get(k::frame::MY_SPACE).to_owned(), routes::MY_SPACE.to_owned())];
    let to = move |month: Option<Month>, name: Text| {
        month.map(|month| {
            let words = time::month(t.locale(), month.first());
            view! { <li><a class="btn btn--quiet" href=routes::my_month(month)>{t.with(name, &[("month", &words)])}</a></li> }
        })
    };
    let (dated, paced): (Vec<MonthSlot>, Vec<MonthSlot>) =
        slots.into_iter().partition(|slot| slot.kind == SlotKind::Dated);
    let nothing = (dated.is_empty() && paced.is_empty()).then(|| view! { <p>{t.get(a::MONTH_NOTHING)}</p> });
    let head = (1..=7).map(|day| view! { <th scope="col">{time::weekday(t.locale(), day)}</th> }).collect_view();
    let weeks = month
        .weeks()
        .into_iter()
        .map(|week| {
            let days = week.into_iter().map(|day| one(day, month, today, &dated));
            view! { <tr>{days.collect_view()}</tr> }
        })
        .collect_view();
    let paced = (!paced.is_empty()).then(|| {
        let lines = paced.into_iter().map(|slot| view! { <li><When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at />" "<Line own=slot /></li> });
        view! { <section><h2>{t.get(a::MONTH_PACED)}</h2><ul class="plain-list stack" role="list">{lines.collect_view()}</ul></section> }
    });
    view! {
        <Page title=title.clone() trail=trail>
            <ul class="btn-row plain-list" role="list">{to(month.before(), a::MONTH_BEFORE)}{to(month.after(), a::MONTH_AFTER)}</ul>
            {nothing}
            <table class="month">
                <caption>{title}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{weeks}</tbody>
            </table>
            {paced}
            <p><a href=routes::MY_SPACE>{t.get(a::MONTH_AS_LIST)}</a></p>
        </Page>
    }
}

/// A day of the table. On a phone, days without a slot are not shown, and the others say their whole name.
fn one(day: NaiveDate, month: Month, today: NaiveDate, slots: &[MonthSlot]) -> impl IntoView + use<> {
    let t = texts();
    let own: Vec<MonthSlot> = slots.iter().filter(|slot| on(day, (slot.starts_at, slot.ends_at))).cloned().collect();
    let class = match (month.holds(day), own.is_empty()) {
        (false, _) => "month__other",
        (true, true) => "month__free",
        (true, false) => "",
    };
    let own = if month.holds(day) { own } else { Vec::new() };
    let list = (!own.is_empty()).then(|| {
        let lines = own.into_iter().map(|slot| view! { <li>{hours(t, day, &slot)}" "<Line own=slot /></li> });
        view! { <ul class="plain-list" role="list">{lines.collect_view()}</ul> }
    });
    view! {
        <td class=class>
            <time datetime=day.to_string() aria-current=(day == today).then_some("date")>
                <span class="month__day">{day.day()}</span>
                <span class="month__name">{time::day(t.locale(), day)}</span>
            </time>
            {list}
        </td>
    }
}

/// From when until when, by the clock in Paris.
fn hours(t: Texts, day: NaiveDate, slot: &MonthSlot) -> String {
    let hour = |at| time::hour(t.locale(), paris::to_paris(at));
    if paris::date(slot.starts_at) < day {
        // The end of a night is no second night.
        return t.with(a::MONTH_UNTIL, &[("hour", &hour(slot.ends_at))]);
    }
    format!("{}\u{a0}– {}", hour(slot.starts_at), hour(slot.ends_at))
}

/// The mission of a slot, how the application stands, and whether the slot is suspended.
#[component]
fn Line(own: MonthSlot) -> impl IntoView {
    let (id, slug, title) = own.mission;
    let title =
        if own.online { view! { <a href=routes::mission(id, &slug)>{title}</a> }.into_any() } else { title.into_any() };
    let t = texts();
    let suspended =
        own.suspended.then(|| view! { " "<span class="pill pill--closed">{t.get(a::SLOT_SUSPENDED)}</span> });
    view! { {title}" "<ApplicationPill status=own.status />{suspended} }
}
