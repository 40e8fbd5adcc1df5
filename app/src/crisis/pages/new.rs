use domain::crisis::MeasuresStart;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{code, fields::MeasuresFields, trail};
use crate::{
    crisis::{SaveMeasures, load_measures_start},
    i18n::{k::crisis as c, texts},
    ui::{
        Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// New measures of a town or of the network.
#[component]
pub fn NewMeasuresPage() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_measures_start), |start| view! { <StartView start=start /> })
}

#[component]
fn StartView(start: MeasuresStart) -> impl IntoView {
    let t = texts();
    view! {
        <Page title=t.get(c::NEW_TITLE) lead=t.get(c::NEW_LEAD) narrow=true trail=trail(t, start.town.as_ref(), true)>
            <Form act=SaveMeasures::url() group="form" keep=true>
                <Subject name="insee" value=code(start.town.as_ref()) />
                <Subject name="id" value="" />
                <MeasuresFields form=start.form.clone() domains=start.domains.clone() />
                <Submit label=t.get(c::SAVE) />
            </Form>
        </Page>
    }
}
