use domain::{applications::waiting::OFFER_HOURS, missions::MissionEditor};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::missions as m, texts},
    missions::{SavePeople, components::steps::Steps, load_editor},
    supplies::NeedFields,
    ui::{
        Check, Choice, Choices, Field, Form, Page, Select, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// Fourth step: with whom, under which rules.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let id = param("mission");
    loaded(load(move || id.get(), load_editor), |editor| view! { <Step editor=editor /> })
}

#[component]
fn Step(editor: MissionEditor) -> impl IntoView {
    let t = texts();
    let content = editor.content;
    let helped = editor
        .beneficiaries
        .into_iter()
        .map(|term| {
            let chosen = content.beneficiaries.contains(&term.code);
            Choice::new(term.code, term.label).chosen(chosen)
        })
        .collect();
    let ways = vec![
        Choice::new("at_once", t.get(m::ACCEPT_AT_ONCE)).hint(t.get(m::ACCEPT_AT_ONCE_HINT)).chosen(!editor.choose),
        Choice::new("choose", t.get(m::ACCEPT_CHOOSE)).hint(t.get(m::ACCEPT_CHOOSE_HINT)).chosen(editor.choose),
    ];
    let hours =
        OFFER_HOURS.into_iter().map(|hours| (hours.to_string(), t.count(m::OFFER_HOURS_N, hours))).collect::<Vec<_>>();
    let opens_on = editor.opens_on.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <Page title=t.get(m::PEOPLE_TITLE) narrow=true>
            <Steps organisation=editor.organisation mission=editor.id here="public" />
            <Form act=SavePeople::url() group="form">
                <Subject name="id" value=editor.id.to_string() />
                <Choices name="beneficiaries" several=true legend=t.get(m::BENEFICIARIES) hint=t.get(m::BENEFICIARIES_HINT) choices=helped />
                <Field name="prerequisites" kind="textarea" rows=3 label=t.get(m::PREREQUISITES) hint=t.get(m::PREREQUISITES_HINT) value=content.prerequisites optional=true />
                <Field name="safety_rules" kind="textarea" label=t.get(m::SAFETY) hint=t.get(m::SAFETY_HINT) value=content.safety_rules />
                <NeedFields act=SavePeople::url() kinds=editor.equipment_kinds needs=content.equipment />
                <Check name="minors" label=t.get(m::MINORS) checked=content.open_to_minors />
                <Choices name="choice" legend=t.get(m::CHOICE) choices=ways />
                <Field name="opens_on" kind="date" label=t.get(m::OPENS_ON) hint=t.get(m::OPENS_ON_HINT) value=opens_on optional=true />
                <Select name="offer_hours" label=t.get(m::OFFER_HOURS) hint=t.get(m::OFFER_HOURS_HINT) options=hours value=editor.offer_hours.to_string() />
                <Field name="practical" kind="textarea" rows=3 label=t.get(m::PRACTICAL) hint=t.get(m::PRACTICAL_HINT) value=editor.practical optional=true />
                <div class="actionbar"><Submit label=t.get(m::SAVE_CONTINUE) /></div>
            </Form>
        </Page>
    }
}
