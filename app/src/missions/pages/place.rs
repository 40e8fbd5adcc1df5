use domain::missions::MissionEditor;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::missions as m, texts},
    missions::{SavePlace, components::steps::Steps, load_editor},
    ui::{
        Choice, Choices, Field, Form, Page, Select, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// Second step: where.
#[component]
pub fn PlacePage() -> impl IntoView {
    let id = param("mission");
    loaded(load(move || id.get(), load_editor), |editor| view! { <Step editor=editor /> })
}

#[component]
fn Step(editor: MissionEditor) -> impl IntoView {
    let t = texts();
    let content = editor.content;
    let places = vec![
        Choice::new("on_site", t.get(m::ON_SITE)).hint(t.get(m::ON_SITE_HINT)).chosen(!content.remote),
        Choice::new("remote", t.get(m::REMOTE)).hint(t.get(m::REMOTE_HINT)).chosen(content.remote),
    ];
    let mut parts = vec![(String::new(), t.get(m::WHOLE_TOWN).to_owned())];
    parts.extend(editor.neighbourhoods.into_iter().map(|part| (part.id.to_string(), part.name)));
    let neighbourhood = content.neighbourhood.map(|id| id.to_string()).unwrap_or_default();
    view! {
        <Page title=t.get(m::PLACE_TITLE) narrow=true>
            <Steps organisation=editor.organisation mission=editor.id here="lieu" />
            <Form act=SavePlace::url() group="form">
                <Subject name="id" value=editor.id.to_string() />
                <Choices name="place" legend=t.get(m::PLACE_LEGEND) choices=places />
                <Field name="address" label=t.get(m::ADDRESS) hint=t.get(m::ADDRESS_HINT) value=content.address />
                <Select name="neighbourhood" label=t.get(m::NEIGHBOURHOOD) options=parts value=neighbourhood optional=true />
                <div class="actionbar"><Submit label=t.get(m::SAVE_CONTINUE) /></div>
            </Form>
        </Page>
    }
}
