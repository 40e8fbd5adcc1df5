use domain::letters::LetterWelcome;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::letters as l, texts},
    letters::{FollowLetter, UnsubscribeAssociation, load_welcome},
    routes,
    ui::{
        Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// Where a letter's personal link leads. Only its buttons do something: mail programs open links by themselves.
#[component]
pub fn WelcomePage() -> impl IntoView {
    let token = param("token");
    loaded(load(move || token.get(), load_welcome), move |page| {
        view! { <WelcomeView token=token.get_untracked() page=page /> }
    })
}

#[component]
fn WelcomeView(token: String, page: LetterWelcome) -> impl IntoView {
    let t = texts();
    let facts = [("association", page.association.as_str()), ("town", &page.town.name), ("service", &page.service)];
    let (title, lead) = (t.with(l::WELCOME_TITLE, &facts), t.with(l::WELCOME_LEAD, &facts));
    let (town, href) = (t.with(l::WELCOME_TOWN, &facts), routes::town(&page.town.insee, &page.town.slug));
    let follow = if page.joined {
        let joined = t.with(l::WELCOME_JOINED, &facts);
        view! { <p>{joined}</p> }.into_any()
    } else {
        view! { <FollowForm token=token.clone() /> }.into_any()
    };
    let stop = if page.stopped {
        view! { <p>{t.get(l::WELCOME_STOPPED)}</p> }.into_any()
    } else {
        view! { <UnsubscribeForm token=token hint=t.with(l::WELCOME_STOP_HINT, &facts) /> }.into_any()
    };
    view! {
        <Page title=title lead=lead narrow=true>
            {follow}
            <p><a href=href>{town}</a></p>
            <section><h2>{t.get(l::WELCOME_STOP_TITLE)}</h2>{stop}</section>
        </Page>
    }
}

#[component]
fn FollowForm(token: String) -> impl IntoView {
    let t = texts();
    view! {
        <p>{t.get(l::WELCOME_HOW)}</p>
        <Form act=FollowLetter::url()>
            <Subject name="token" value=token />
            <Submit label=t.get(l::WELCOME_FOLLOW) />
        </Form>
    }
}

#[component]
fn UnsubscribeForm(token: String, hint: String) -> impl IntoView {
    view! {
        <p>{hint}</p>
        <Form act=UnsubscribeAssociation::url()>
            <Subject name="token" value=token />
            <Submit label=texts().get(l::WELCOME_STOP) class="" />
        </Form>
    }
}
