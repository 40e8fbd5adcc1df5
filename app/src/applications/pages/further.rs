use domain::{
    applications::{
        FurtherSlots,
        door::{Door, reason},
    },
    missions::{MissionStatus, SlotLine},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::apply::{SafetyRead, choice, group};
use crate::{
    applications::{AddSlots, MoveSlot, load_further},
    i18n::{Texts, k, k::applications as a, k::missions as m, k::partners as p, texts},
    missions::Nothing,
    routes,
    ui::{
        Choice, Choices, Form, Page, Subject, Submit,
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

/// What may be asked for, by who answers; `keeps`: beside all that one has. What cannot be taken says why.
fn open(t: Texts, own: &FurtherSlots, keeps: bool) -> Vec<Choice> {
    let mission = &own.mission;
    let shared = mission.slots.iter().any(|slot| slot.organisation.is_some());
    let mut slots: Vec<&SlotLine> = own.open().collect();
    slots.sort_by_key(|slot| mission.partners.iter().position(|partner| Some(partner.id) == slot.organisation));
    let choice = |slot: &SlotLine| {
        let under = if shared { group(t, mission, slot) } else { String::new() };
        choice(t, slot, false, own.seen(slot, keeps).as_ref()).under(under)
    };
    slots.into_iter().map(choice).collect()
}

/// Why nothing can be chosen, in place of a form.
fn nothing(t: Texts, own: &FurtherSlots, keeps: bool) -> impl IntoView + use<> {
    let doors: Vec<Door> = own.open().filter_map(|slot| own.seen(slot, keeps)).map(|seen| seen.door).collect();
    let why = reason(&doors).cloned();
    let over = own.mission.status != MissionStatus::Published;
    let none = why.is_none().then(|| view! { <p>{t.get(if over { m::OVER } else { a::FURTHER_NONE })}</p> });
    view! { {none}<Nothing why=why /> }
}

#[component]
fn Add(own: FurtherSlots) -> impl IntoView {
    let t = texts();
    let title = t.with(a::ADD_SLOTS_TITLE, &[("mission", &own.mission.title)]);
    let choices = open(t, &own, true);
    if choices.iter().all(|choice| choice.disabled) {
        return view! { <Page title=title narrow=true trail=trail(t)>{nothing(t, &own, true)}</Page> }.into_any();
    }
    let mission = own.mission;
    let shared = mission.slots.iter().any(|slot| slot.organisation.is_some());
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
                <Choices name="slots" several=true legend=t.get(a::SLOTS) choices=choices />
                <SafetyRead mission=mission />
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
    let choices = open(t, &own, false);
    if own.own.is_empty() || choices.iter().all(|choice| choice.disabled) {
        return view! { <Page title=title narrow=true trail=trail(t)>{nothing(t, &own, false)}</Page> }.into_any();
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
