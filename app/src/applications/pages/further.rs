use domain::{
    applications::{
        FurtherSlots,
        door::{Door, reason},
    },
    missions::{MissionPage, Seen, SlotLine},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::apply::{SafetyRead, choice, group};
use crate::{
    applications::{AddSlots, MoveSlot, load_further},
    i18n::{Texts, k, k::applications as a, k::missions as m, k::partners as p, texts},
    missions::Nothing,
    routes,
    ui::{
        Choice, Choices, Field, Form, Page, Subject, Submit,
        page::{load, loaded, param},
        time,
    },
};

/// Further slots of the mission of one's own application.
#[component]
pub fn FurtherSlotsPage() -> impl IntoView {
    let id = param("own");
    loaded(load(move || id.get(), load_further), |own| view! { <Add own=own /> })
}

/// Another slot of the mission instead of one's own.
#[component]
pub fn MoveSlotPage() -> impl IntoView {
    let id = param("own");
    loaded(load(move || id.get(), load_further), |own| view! { <Move own=own /> })
}

fn trail(t: Texts) -> Vec<(String, String)> {
    vec![(t.get(k::frame::MY_SPACE).to_owned(), routes::MY_SPACE.to_owned())]
}

fn seen<'a>(mission: &'a MissionPage, slot: &SlotLine) -> Option<&'a Seen> {
    mission.viewer.as_ref().and_then(|viewer| viewer.seen(slot.id))
}

/// What may be asked for, by who answers; `free`: a full one is out of reach.
fn open(t: Texts, own: &FurtherSlots, free: bool) -> Vec<Choice> {
    let mission = &own.mission;
    let shared = mission.slots.iter().any(|slot| slot.organisation.is_some());
    let mut slots: Vec<&SlotLine> = own.open().collect();
    slots.sort_by_key(|slot| mission.partners.iter().position(|partner| Some(partner.id) == slot.organisation));
    let choice = |slot: &SlotLine| {
        let seen = seen(mission, slot);
        let choice = choice(t, slot, false, seen);
        let full = seen.is_some_and(|seen| matches!(seen.door, Door::List(_)));
        let disabled = choice.disabled || free && full;
        choice.under(if shared { group(t, mission, slot) } else { String::new() }).disabled(disabled)
    };
    slots.into_iter().map(choice).collect()
}

/// Why nothing can be chosen, in place of a form.
fn nothing(t: Texts, own: &FurtherSlots) -> impl IntoView + use<> {
    let why = reason(own.open().filter_map(|slot| seen(&own.mission, slot)).map(|seen| &seen.door)).cloned();
    let none = why.is_none().then(|| view! { <p>{t.get(a::FURTHER_NONE)}</p> });
    view! { {none}<Nothing why=why /> }
}

#[component]
fn Add(own: FurtherSlots) -> impl IntoView {
    let t = texts();
    let title = t.with(a::ADD_SLOTS_TITLE, &[("mission", &own.mission.title)]);
    let choices = open(t, &own, false);
    if choices.iter().all(|choice| choice.disabled) {
        return view! { <Page title=title narrow=true trail=trail(t)>{nothing(t, &own)}</Page> }.into_any();
    }
    let mission = own.mission;
    let shared = mission.slots.iter().any(|slot| slot.organisation.is_some());
    let guardian = mission.viewer.as_ref().is_some_and(|viewer| viewer.guardian);
    let how = match (shared, mission.choose) {
        (true, _) => p::EACH_ANSWERS,
        (false, true) => m::CHOOSE,
        (false, false) => m::AT_ONCE,
    };
    view! {
        <Page title=title lead=t.get(a::ADD_SLOTS_LEAD) narrow=true trail=trail(t)>
            <p>{t.get(how)}</p>
            <Form act=AddSlots::url() group="form">
                <Subject name="id" value=own.id.to_string() />
                <Choices name="slots" several=true legend=t.get(a::SLOTS) hint=t.get(a::SLOTS_HINT) choices=choices />
                <SafetyRead mission=mission />
                {guardian.then(|| view! {
                    <Field name="guardian" kind="email" label=t.get(a::GUARDIAN) hint=t.get(a::GUARDIAN_HINT) />
                })}
                <div class="actionbar"><Submit label=t.get(a::ADD_SLOTS) /></div>
            </Form>
        </Page>
    }
    .into_any()
}

#[component]
fn Move(own: FurtherSlots) -> impl IntoView {
    let t = texts();
    let title = t.with(a::MOVE_SLOT_TITLE, &[("mission", &own.mission.title)]);
    let choices = open(t, &own, true);
    if !own.moves {
        let add = routes::further_slots(own.id);
        return view! {
            <Page title=title lead=t.get(k::problems::ANSWER_FIRST) narrow=true trail=trail(t)>
                <p><a class="btn btn--primary" href=add>{t.get(a::ADD_SLOTS)}</a></p>
            </Page>
        }
        .into_any();
    }
    if own.own.is_empty() || choices.iter().all(|choice| choice.disabled) {
        return view! { <Page title=title narrow=true trail=trail(t)>{nothing(t, &own)}</Page> }.into_any();
    }
    let only = own.own.len() == 1;
    let when = |slot: &SlotLine| time::slot(t, slot.kind, slot.starts_at, slot.ends_at);
    let held = own.own.iter().map(|slot| Choice::new(slot.id.to_string(), when(slot)).chosen(only)).collect();
    view! {
        <Page title=title lead=t.get(a::MOVE_SLOT_LEAD) narrow=true trail=trail(t)>
            <Form act=MoveSlot::url() group="form">
                <Subject name="id" value=own.id.to_string() />
                <Choices name="from" legend=t.get(a::MOVE_FROM) choices=held />
                <Choices name="slots" legend=t.get(a::MOVE_TO) choices=choices />
                <SafetyRead mission=own.mission />
                <div class="actionbar"><Submit label=t.get(a::MOVE_SLOT) /></div>
            </Form>
        </Page>
    }
    .into_any()
}
