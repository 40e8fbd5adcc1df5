use domain::ideas::IdeaWelcome;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    i18n::{k::ideas as i, texts},
    ideas::{SendIdea, load_idea_welcome},
    routes,
    ui::{
        Field, Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// Where an association tells a town of its idea, without an account.
#[component]
pub fn NewIdeaPage() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_idea_welcome), |page| view! { <NewIdea page=page /> })
}

#[component]
fn NewIdea(page: IdeaWelcome) -> impl IntoView {
    let t = texts();
    let query = use_query_map();
    let facts = [("town", page.town.name.as_str()), ("service", page.service.as_str())];
    let (lead, next) = (t.with(i::NEW_LEAD, &facts), t.with(i::SENT_NEXT, &facts));
    let trail = vec![(page.town.name.clone(), routes::town(&page.town.insee, &page.town.slug))];
    let sent = move || query.read().get("fait").is_some();
    let insee = page.town.insee;
    let content = move || {
        if sent() {
            return view! { <p class="notice notice--info">{next.clone()}</p> }.into_any();
        }
        view! { <IdeaFields insee=insee.clone() /> }.into_any()
    };
    view! { <Page title=t.get(i::NEW_TITLE) lead=lead narrow=true trail=trail>{content}</Page> }
}

#[component]
fn IdeaFields(insee: String) -> impl IntoView {
    let t = texts();
    view! {
        <Form act=SendIdea::url() group="form" keep=true>
            <Subject name="insee" value=insee />
            <h2>{t.get(i::ABOUT_IDEA)}</h2>
            <Field name="what" kind="textarea" rows=5 label=t.get(i::WHAT) hint=t.get(i::WHAT_HINT) />
            <Field name="whom" label=t.get(i::WHOM) hint=t.get(i::WHOM_HINT) optional=true />
            <Field name="place" label=t.get(i::PLACE) hint=t.get(i::PLACE_HINT) optional=true />
            <Field name="moment" label=t.get(i::MOMENT) hint=t.get(i::MOMENT_HINT) optional=true />
            <h2>{t.get(i::ABOUT_YOU)}</h2>
            <Field name="association" label=t.get(i::ASSOCIATION) autocomplete="organization" />
            <Field name="contact_name" label=t.get(i::CONTACT_NAME) hint=t.get(i::CONTACT_NAME_HINT) autocomplete="name" />
            <Field name="email" kind="email" label=t.get(i::EMAIL) autocomplete="email" />
            <Field name="phone" kind="tel" label=t.get(i::PHONE) hint=t.get(i::PHONE_HINT) autocomplete="tel" optional=true />
            <div hidden="">
                <label for="website">{t.get(i::TRAP)}</label>
                <input id="website" name="form[website]" type="text" tabindex="-1" autocomplete="off" />
            </div>
            <p>{t.get(i::PRIVACY)}</p>
            <Submit label=t.get(i::SUBMIT) />
        </Form>
    }
}
