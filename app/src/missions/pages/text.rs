use domain::missions::MissionEditor;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::missions as m, texts},
    missions::{SaveText, components::steps::Steps, load_editor},
    planning::CopyNote,
    ui::{
        Field, Form, Page, Select, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// First step: what.
#[component]
pub fn TextPage() -> impl IntoView {
    let id = param("mission");
    loaded(load(move || id.get(), load_editor), |editor| view! { <Step editor=editor /> })
}

#[component]
fn Step(editor: MissionEditor) -> impl IntoView {
    let t = texts();
    let content = editor.content;
    let mut domains = vec![(String::new(), t.get(m::CHOOSE_DOMAIN).to_owned())];
    domains.extend(editor.domains.into_iter().map(|domain| (domain.code, domain.label)));
    view! {
        <Page title=t.get(m::TEXT_TITLE) narrow=true>
            <Steps organisation=editor.organisation mission=editor.id here="texte" />
            <CopyNote organisation=editor.organisation of=editor.copy_of />
            <Form act=SaveText::url() group="form">
                <Subject name="id" value=editor.id.to_string() />
                <Select name="domain" label=t.get(m::DOMAIN) options=domains value=content.domain.unwrap_or_default() />
                <Field name="title" label=t.get(m::TITLE) hint=t.get(m::TITLE_HINT) value=content.title />
                <Field name="goal" kind="textarea" rows=3 label=t.get(m::GOAL) hint=t.get(m::GOAL_HINT) value=content.goal />
                <Field name="description" kind="textarea" rows=10 label=t.get(m::DESCRIPTION) hint=t.get(m::DESCRIPTION_HINT) value=content.description />
                <div class="actionbar"><Submit label=t.get(m::SAVE_CONTINUE) /></div>
            </Form>
        </Page>
    }
}
