use domain::{
    crisis::{ConcernedPerson, Effect, LargeSlot, SuspendedMission},
    missions::SlotKind,
};
use leptos::prelude::*;

use crate::{
    i18n::{Plural, Text, k::crisis as c, texts},
    routes,
    ui::time::When,
};

/// Figures, then the lists behind them.
#[component]
pub fn EffectView(
    /// What measures would do, or do.
    effect: Effect,
    /// They hold: who has acknowledged the rules is told.
    holds: bool,
    /// Missions of several towns.
    towns: bool,
) -> impl IntoView {
    let t = texts();
    let n = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let acknowledged = holds.then_some((effect.acknowledged, c::NUMBER_ACKNOWLEDGED));
    let figures = [
        Some((n(effect.suspended.len()), c::NUMBER_SUSPENDED)),
        Some((effect.to_acknowledge, c::NUMBER_ACKNOWLEDGE)),
        acknowledged,
        Some((n(effect.kept_home.len()), c::NUMBER_HOME)),
        Some((n(effect.large.len()), c::NUMBER_LARGE)),
    ]
    .into_iter()
    .flatten()
    .map(|(n, words)| view! { <Figure n=n words=words /> })
    .collect_view();
    let suspended = effect.suspended;
    let none = (!holds && suspended.is_empty()).then(|| view! { <p>{t.get(c::SUSPENDED_NONE)}</p> });
    view! {
        <dl class="figures">{figures}</dl>
        {none}
        {(!suspended.is_empty()).then(|| view! {
            <Listed title=c::SUSPENDED_TITLE count=suspended.len()><Suspended missions=suspended towns=towns /></Listed>
        })}
        {(!effect.kept_home.is_empty()).then(|| view! {
            <People title=c::HOME_TITLE lead=c::HOME_LEAD people=effect.kept_home />
        })}
        {(!effect.large.is_empty()).then(|| view! { <Large slots=effect.large /> })}
        {(holds && !effect.missing.is_empty()).then(|| view! { <People title=c::MISSING_TITLE people=effect.missing /> })}
    }
}

/// A list behind a figure, folded: on a phone, what is decided stays within sight.
#[component]
fn Listed(title: Text, count: usize, children: Children) -> impl IntoView {
    view! { <details class="disclosure"><summary>{format!("{} ({count})", texts().get(title))}</summary>{children()}</details> }
}

#[component]
fn Figure(n: u32, words: Plural) -> impl IntoView {
    let t = texts();
    view! { <div class="figure"><dt>{t.count(words, n)}</dt><dd>{t.number(n)}</dd></div> }
}

/// Missions that measures suspend; each leads to its file, where the viewer may read it.
#[component]
pub fn Suspended(
    /// Which.
    missions: Vec<SuspendedMission>,
    /// Of several towns.
    towns: bool,
) -> impl IntoView {
    let t = texts();
    let rows = missions
        .into_iter()
        .map(|one| {
            let title = match one.review {
                Some((insee, review)) => view! { <a href=routes::review(&insee, review)>{one.title}</a> }.into_any(),
                None => one.title.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{title}</th>
                    <td data-label=t.get(c::COLUMN_ORGANISATION)><span>{one.organisation}</span></td>
                    <td data-label=t.get(c::COLUMN_DOMAIN)><span>{one.domain}</span></td>
                    {towns.then(|| view! { <td data-label=t.get(c::COLUMN_TOWN)><span>{one.town}</span></td> })}
                    <td data-label=t.get(c::COLUMN_ACCEPTED) class="num"><span>{t.number(one.accepted)}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="data">
            <caption class="visually-hidden">{t.get(c::SUSPENDED_TITLE)}</caption>
            <thead><tr>
                <th scope="col">{t.get(c::COLUMN_MISSION)}</th>
                <th scope="col">{t.get(c::COLUMN_ORGANISATION)}</th>
                <th scope="col">{t.get(c::COLUMN_DOMAIN)}</th>
                {towns.then(|| view! { <th scope="col">{t.get(c::COLUMN_TOWN)}</th> })}
                <th scope="col">{t.get(c::COLUMN_ACCEPTED)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Slot(when: (SlotKind, chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>)) -> impl IntoView {
    view! { <When kind=when.0 starts_at=when.1 ends_at=when.2 /> }
}

#[component]
fn People(title: Text, #[prop(optional)] lead: Option<Text>, people: Vec<ConcernedPerson>) -> impl IntoView {
    let t = texts();
    let (count, slots) = (people.len(), people.iter().any(|person| person.slot.is_some()));
    let rows = people
        .into_iter()
        .map(|person| {
            let name = if person.name.is_empty() { t.get(c::SOMEONE).to_owned() } else { person.name };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td data-label=t.get(c::COLUMN_MISSION)><span>{person.mission}</span></td>
                    <td data-label=t.get(c::COLUMN_ORGANISATION)><span>{person.organisation}</span></td>
                    {slots.then(|| view! { <td data-label=t.get(c::COLUMN_SLOT)><span>{person.slot.map(|when| view! { <Slot when=when /> })}</span></td> })}
                </tr>
            }
        })
        .collect_view();
    view! {
        <Listed title=title count=count>
            {lead.map(|lead| view! { <p>{t.get(lead)}</p> })}
            <table class="data">
                <caption class="visually-hidden">{t.get(title)}</caption>
                <thead><tr>
                    <th scope="col">{t.get(c::COLUMN_PERSON)}</th>
                    <th scope="col">{t.get(c::COLUMN_MISSION)}</th>
                    <th scope="col">{t.get(c::COLUMN_ORGANISATION)}</th>
                    {slots.then(|| view! { <th scope="col">{t.get(c::COLUMN_SLOT)}</th> })}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </Listed>
    }
}

#[component]
fn Large(slots: Vec<LargeSlot>) -> impl IntoView {
    let (t, count) = (texts(), slots.len());
    let rows = slots
        .into_iter()
        .map(|slot| {
            view! {
                <tr>
                    <th scope="row">{slot.mission}</th>
                    <td data-label=t.get(c::COLUMN_ORGANISATION)><span>{slot.organisation}</span></td>
                    <td data-label=t.get(c::COLUMN_SLOT)><span><Slot when=slot.when /></span></td>
                    <td data-label=t.get(c::COLUMN_PLACES) class="num"><span>{format!("{} / {}", slot.taken, slot.places)}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Listed title=c::LARGE_TITLE count=count>
            <p>{t.get(c::LARGE_LEAD)}</p>
            <table class="data">
                <caption class="visually-hidden">{t.get(c::LARGE_TITLE)}</caption>
                <thead><tr>
                    <th scope="col">{t.get(c::COLUMN_MISSION)}</th>
                    <th scope="col">{t.get(c::COLUMN_ORGANISATION)}</th>
                    <th scope="col">{t.get(c::COLUMN_SLOT)}</th>
                    <th scope="col">{t.get(c::COLUMN_PLACES)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </Listed>
    }
}
