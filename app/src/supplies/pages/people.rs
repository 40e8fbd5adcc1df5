//! One volunteer on a handing-out sheet.

use domain::{
    equipment::EquipmentType,
    ids::SlotId,
    supplies::{PersonItem, SheetPerson, Signature},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::supplies as s, texts},
    supplies::{HandOut, SignaturePad, TakeBack, components::signature::view_box},
    ui::{Check, Field, Fold, Form, Hidden, Icon, Subject, Submit},
};

/// What the forms of a sheet need to know.
#[derive(Clone)]
pub struct Desk {
    /// The address of the page.
    pub here: String,
    /// The slot.
    pub slot: SlotId,
    /// The kinds, in the order of each person's items.
    pub kinds: Vec<EquipmentType>,
    /// Whether the viewer may hand out.
    pub may_hand_out: bool,
    /// Whether the viewer may take back.
    pub may_take_back: bool,
    /// The day on which signatures are deleted, in words.
    pub until: String,
}

/// A volunteer: what was handed over, and the forms for what is next.
#[component]
pub fn Person(
    /// Who.
    person: SheetPerson,
    /// Where.
    desk: Desk,
) -> impl IntoView {
    let t = texts();
    let has = person
        .items
        .iter()
        .zip(&desk.kinds)
        .filter(|(item, _)| item.issued > 0)
        .map(|(item, kind)| view! { <li>{has(item, kind)}</li> })
        .collect::<Vec<_>>();
    let signed = person.signature.clone().map(|drawn| view! { <Signed drawn=drawn name=person.name.clone() /> });
    let hand_out = desk.may_hand_out && person.expected;
    let take_back = desk.may_take_back && person.items.iter().any(|item| item.held() > 0);
    view! {
        <article class="card">
            <h3>{person.name.clone()}</h3>
            {(!person.expected).then(|| view! {
                <p><span class="pill pill--changes"><Icon name="i-warning" />{t.get(s::NOT_EXPECTED)}</span>" "{t.get(s::NOT_EXPECTED_HINT)}</p>
            })}
            {(!has.is_empty()).then(|| view! { <ul class="plain-list" role="list">{has}</ul> })}
            {signed}
            {hand_out.then(|| view! { <HandOutForm person=person.clone() desk=desk.clone() /> })}
            {take_back.then(|| view! { <TakeBackForm person=person desk=desk /> })}
        </article>
    }
}

fn has(item: &PersonItem, kind: &EquipmentType) -> String {
    let t = texts();
    let back = item.returned + item.lost > 0;
    let facts = [
        ("label", kind.label.clone()),
        ("issued", t.number(item.issued)),
        ("returned", t.number(item.returned)),
        ("lost", t.number(item.lost)),
    ];
    let facts = facts.each_ref().map(|(name, value)| (*name, value.as_str()));
    t.with(if back { s::HAS_BACK } else { s::HAS }, &facts)
}

#[component]
fn Signed(drawn: Signature, name: String) -> impl IntoView {
    let t = texts();
    let label = t.with(s::SIGNATURE_OF, &[("name", &name)]);
    view! {
        <p class="signature__drawn">
            <Icon name="i-check" />{t.get(s::SIGNED)}
            <svg viewBox=view_box() role="img" aria-label=label><path d=drawn.as_str().to_owned()></path></svg>
        </p>
    }
}

#[component]
fn HandOutForm(person: SheetPerson, desk: Desk) -> impl IntoView {
    let t = texts();
    let hint = t.with(s::SIGNATURE_HINT, &[("date", &desk.until)]);
    let key = person.application.to_string();
    let lines = move || {
        person
            .items
            .iter()
            .zip(&desk.kinds)
            .enumerate()
            .map(|(index, (item, kind))| {
                let name = |field: &str| format!("lines.{index}.{field}");
                let proposes = item.proposed > 0;
                let proposed = if proposes { item.proposed.to_string() } else { String::new() };
                view! {
                    <div class="supplies__line">
                        <Hidden name=name("code") value=kind.code.clone() />
                        <Check name=name("given") label=t.with(s::GIVEN_OF, &[("label", &kind.label)]) checked=proposes />
                        <Field name=name("quantity") kind="number" inputmode="numeric" optional=true label=t.with(s::QUANTITY_OF, &[("unit", &kind.unit)]) value=proposed />
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <Form act=HandOut::url() group="form" key=key.clone() fresh=true>
            <Subject name="slot" value=desk.slot.to_string() />
            <Subject name="application" value=key />
            <Subject name="next" value=desk.here />
            <Hidden name="seen" value=person.acts.to_string() />
            {lines()}
            <SignaturePad hint=hint />
            <Submit label=t.get(s::HAND_OUT) />
        </Form>
    }
}

#[component]
fn TakeBackForm(person: SheetPerson, desk: Desk) -> impl IntoView {
    let t = texts();
    let key = person.application.to_string();
    let lines = move || {
        person
            .items
            .iter()
            .zip(&desk.kinds)
            .filter(|(item, _)| item.held() > 0)
            .enumerate()
            .map(|(index, (item, kind))| {
                let name = |field: &str| format!("lines.{index}.{field}");
                let label = |text| t.with(text, &[("label", &kind.label), ("unit", &kind.unit)]);
                let held = t.with(s::STILL_HAS, &[("n", &t.number(item.held()))]);
                view! {
                    <div class="form__row">
                        <Hidden name=name("code") value=kind.code.clone() />
                        <Field name=name("returned") kind="number" inputmode="numeric" optional=true label=label(s::RETURNED_OF) hint=held.clone() />
                        <Field name=name("lost") kind="number" inputmode="numeric" optional=true label=label(s::LOST_OF) hint=held />
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <Fold summary=t.get(s::TAKE_BACK) act=TakeBack::url() key=key.clone()>
            <p class="field__hint">{t.get(s::TAKE_BACK_HINT)}</p>
            <Form act=TakeBack::url() group="form" key=format!("{key}") fresh=true>
                <Subject name="slot" value=desk.slot.to_string() />
                <Subject name="application" value=key.clone() />
                <Subject name="next" value=desk.here.clone() />
                <Hidden name="seen" value=person.acts.to_string() />
                {lines()}
                <Field name="reason" optional=true label=t.get(s::LOSS_REASON) />
                <Submit label=t.get(s::TAKE_BACK_SUBMIT) class="" />
            </Form>
        </Fold>
    }
}
