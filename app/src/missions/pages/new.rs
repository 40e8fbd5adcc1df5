use domain::missions::TemplateCard;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::missions as m, texts},
    missions::{CreateMission, load_templates},
    ui::{
        Choice, Choices, Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// Choosing what to start from.
#[component]
pub fn NewMission() -> impl IntoView {
    let organisation = param("id");
    let data = load(move || organisation.get(), load_templates);
    loaded(data, move |templates| view! { <Starts organisation=organisation.get_untracked() templates=templates /> })
}

#[component]
fn Starts(organisation: String, templates: Vec<TemplateCard>) -> impl IntoView {
    let t = texts();
    let mut choices: Vec<Choice> = templates
        .into_iter()
        .map(|template| {
            let hint = format!("{}\u{a0}– {}", template.domain.label, template.goal);
            Choice::new(template.code, template.label).hint(hint)
        })
        .collect();
    choices.push(Choice::new("", t.get(m::FROM_NOTHING)).hint(t.get(m::FROM_NOTHING_HINT)).chosen(true));
    view! {
        <Page title=t.get(m::NEW_TITLE) lead=t.get(m::NEW_LEAD) narrow=true>
            <Form act=CreateMission::url()>
                <Subject name="organisation" value=organisation />
                <Choices name="template" legend=t.get(m::START_FROM) choices=choices />
                <Submit label=t.get(crate::i18n::k::common::CONTINUE) />
            </Form>
        </Page>
    }
}
