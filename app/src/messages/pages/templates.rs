use domain::{
    ids::OrganisationId,
    messages::{AnswerTemplate, AnswerTemplates, MAX_TEMPLATES},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k, k::messages as m, texts},
    messages::{RemoveTemplate, SaveTemplate, load_answer_templates},
    routes,
    ui::{
        Field, Fold, Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// The texts that an organisation keeps to answer with.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    let id = param("id");
    loaded(load(move || id.get(), load_answer_templates), |page| view! { <Templates page=page /> })
}

#[component]
fn Templates(page: AnswerTemplates) -> impl IntoView {
    let t = texts();
    let organisation = page.organisation;
    let trail = vec![(t.get(m::SPACE).to_owned(), routes::organisation_space(organisation))];
    let full = page.templates.len() >= MAX_TEMPLATES;
    let kept = page
        .templates
        .into_iter()
        .map(|template| view! { <li><One organisation=organisation template=template /></li> })
        .collect::<Vec<_>>();
    let list = (!kept.is_empty()).then(|| view! { <ul class="plain-list stack" role="list">{kept}</ul> });
    let new = if full {
        view! { <p class="notice notice--info">{t.get(k::problems::TOO_MANY_TEMPLATES)}</p> }.into_any()
    } else {
        view! {
            <section>
                <h2>{t.get(m::NEW_TEMPLATE)}</h2>
                <Fields organisation=organisation id="new" name=String::new() body=String::new() />
            </section>
        }
        .into_any()
    };
    view! {
        <Page title=t.get(m::TEMPLATES_TITLE) lead=t.get(m::TEMPLATES_LEAD) narrow=true trail=trail>{list}{new}</Page>
    }
}

/// The fields of a text; `new` for one that is not kept yet.
#[component]
fn Fields(organisation: OrganisationId, #[prop(into)] id: String, name: String, body: String) -> impl IntoView {
    let t = texts();
    view! {
        <Form act=SaveTemplate::url() key=id.clone()>
            <Subject name="organisation" value=organisation.to_string() />
            <Subject name="id" value=id />
            <Field name="name" value=name label=t.get(m::TEMPLATE_NAME) hint=t.get(m::TEMPLATE_NAME_HINT) />
            <Field name="body" kind="textarea" rows=5 value=body label=t.get(m::TEMPLATE_BODY) hint=t.get(m::TEMPLATE_BODY_HINT) />
            <Submit label=t.get(k::common::SAVE) />
        </Form>
    }
}

#[component]
fn One(organisation: OrganisationId, template: AnswerTemplate) -> impl IntoView {
    let t = texts();
    let id = template.id;
    let remove = t.with(m::REMOVE_TEMPLATE, &[("name", &template.name)]);
    view! {
        <article class="card">
            <h2>{template.name.clone()}</h2>
            <Fold summary=t.get(m::EDIT_TEMPLATE) act=SaveTemplate::url() key=id.to_string()>
                <Fields organisation=organisation id=id.to_string() name=template.name body=template.body />
            </Fold>
            <Form act=RemoveTemplate::url() key=id.to_string()>
                <Subject name="organisation" value=organisation.to_string() />
                <Subject name="id" value=id.to_string() />
                <Submit label=remove class="btn--quiet" />
            </Form>
        </article>
    }
}
