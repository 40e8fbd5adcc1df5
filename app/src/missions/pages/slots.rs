use domain::{
    ids::MissionId,
    missions::{MissionEditor, SlotPlan},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::relecture::Held;
use crate::{
    i18n::{k::missions as m, k::partners as p, k::planning as n, texts},
    missions::{AddSlot, RemoveSlot, components::steps::Steps, load_editor},
    planning::{Batches, Change},
    routes,
    ui::{
        Choice, Choices, Empty, Field, Form, Page, Subject, Submit,
        page::{load, loaded, param},
        time::When,
    },
};

/// Third step: when, and with how many.
#[component]
pub fn SlotsPage() -> impl IntoView {
    let id = param("mission");
    loaded(load(move || id.get(), load_editor), |editor| view! { <Step editor=editor /> })
}

#[component]
fn Step(editor: MissionEditor) -> impl IntoView {
    let t = texts();
    let id = editor.id;
    let editable = editor.editable;
    let list = if editor.content.slots.is_empty() {
        view! { <Empty title=t.get(m::NO_SLOT_TITLE) text=t.get(m::NO_SLOT_TEXT) /> }.into_any()
    } else {
        let lines = editor
            .content
            .slots
            .into_iter()
            .map(|plan| view! { <Planned id=id plan=plan editable=editable /> })
            .collect_view();
        view! { <ul class="slots" role="list">{lines}</ul> }.into_any()
    };
    let joined = editor.joined;
    let held: Vec<_> = editor
        .live_slots
        .into_iter()
        .filter(|slot| !slot.cancelled && slot.ends_at > editor.now && joined.contains(&slot.id))
        .map(|slot| view! { <Held line=slot partners=editor.partners.clone() /> })
        .collect();
    let held = (!held.is_empty()).then(|| {
        view! {
            <section>
                <h2>{t.get(p::JOINED_SLOTS)}</h2>
                <p>{t.get(p::JOINED_HINT)}</p>
                <ul class="slots" role="list">{held}</ul>
            </section>
        }
    });
    view! {
        <Page title=t.get(m::SLOTS_TITLE) lead=t.get(m::SLOTS_LEAD) narrow=true>
            <Steps organisation=editor.organisation mission=id here="creneaux" />
            {list}
            {held}
            <Batches mission=id />
            {editable.then(|| view! {
                <AddForm id=id />
                <section>
                    <h2>{t.get(n::LINK_TITLE)}</h2>
                    <p>{t.get(n::LINK_TEXT)}</p>
                    <p><a class="btn" href=routes::repeated_slots(editor.organisation, id)>{t.get(n::LINK)}</a></p>
                </section>
            })}
            <div class="actionbar">
                <a class="btn btn--primary" href=routes::own_mission(editor.organisation, id, "public")>{t.get(crate::i18n::k::common::CONTINUE)}</a>
            </div>
        </Page>
    }
}

#[component]
fn Planned(id: MissionId, plan: SlotPlan, editable: bool) -> impl IntoView {
    let t = texts();
    view! {
        <li class="slot">
            <span class="slot__when"><When kind=plan.kind starts_at=plan.starts_at ends_at=plan.ends_at /></span>
            <span class="slot__places">{t.count(m::PLACES, plan.places)}</span>
            {editable.then(|| view! {
                <div class="slot__action">
                    <Form act=RemoveSlot::url() key=plan.id.to_string() class="form--inline">
                        <Subject name="id" value=id.to_string() />
                        <Subject name="slot" value=plan.id.to_string() />
                        <Submit label=t.get(m::REMOVE_SLOT) class="btn--quiet" />
                    </Form>
                </div>
                <Change mission=id plan=plan />
            })}
        </li>
    }
}

#[component]
fn AddForm(id: MissionId) -> impl IntoView {
    let t = texts();
    let kinds = vec![
        Choice::new("dated", t.get(m::DATED)).hint(t.get(m::DATED_HINT)).chosen(true),
        Choice::new("open_period", t.get(m::OPEN_PERIOD)).hint(t.get(m::OPEN_PERIOD_HINT)),
    ];
    view! {
        <section>
            <h2>{t.get(m::ADD_SLOT_TITLE)}</h2>
            <Form act=AddSlot::url() group="form">
                <Subject name="id" value=id.to_string() />
                <Choices name="kind" legend=t.get(m::KIND) choices=kinds />
                <Field name="date" kind="date" label=t.get(m::DATE) hint=t.get(m::DATE_HINT) />
                <div class="form__row">
                    <Field name="start" kind="time" label=t.get(m::START) hint=t.get(m::START_HINT) />
                    <Field name="end" kind="time" label=t.get(m::END) hint=t.get(m::END_HINT) />
                </div>
                <Field name="last_date" kind="date" label=t.get(m::LAST_DATE) hint=t.get(m::LAST_DATE_HINT) optional=true />
                <Field name="places" kind="number" label=t.get(m::PLACES_WANTED) inputmode="numeric" value="1" />
                <Submit label=t.get(m::ADD_SLOT) class="btn--quiet" />
            </Form>
        </section>
    }
}
