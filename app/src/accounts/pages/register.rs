use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::next;
use crate::{
    accounts::{ConfirmEmail as ConfirmEmailAct, Register as RegisterAct, ResendConfirmation},
    i18n::{k::accounts as a, texts},
    mailbox::ReadHere,
    routes,
    ui::{Field, Fold, Form, Hidden, Page, Subject, Submit},
};

/// Registration: one page, two reasons; only who wants to help is asked for a birth date.
#[component]
pub fn Register() -> impl IntoView {
    let t = texts();
    let query = use_query_map();
    let helping = Memo::new(move |_| query.read().get("pour").as_deref() != Some("organisation"));
    let tab = move |purpose: &'static str, name, current: bool| {
        view! { <li><a href=format!("{}?pour={purpose}", routes::REGISTER) aria-current=current.then_some("page")>{name}</a></li> }
    };
    view! {
        <Page title=t.get(a::REGISTER_TITLE) lead=t.get(a::REGISTER_LEAD) narrow=true>
            <nav class="tabs" aria-label=t.get(a::REGISTER_FOR)>
                <ul>
                    {move || tab("aider", t.get(a::FOR_HELPING), helping.get())}
                    {move || tab("organisation", t.get(a::FOR_ORGANISATION), !helping.get())}
                </ul>
            </nav>
            <Form act=RegisterAct::url() group="form">
                <div class="form__row">
                    <Field name="given_name" label=t.get(a::GIVEN_NAME) autocomplete="given-name" />
                    <Field name="family_name" label=t.get(a::FAMILY_NAME) autocomplete="family-name" />
                </div>
                {move || helping.get().then(|| view! {
                    <Field name="birth_date" kind="date" label=t.get(a::BIRTH_DATE) hint=t.get(a::BIRTH_DATE_HINT) autocomplete="bday" />
                })}
                <Field name="email" kind="email" label=t.get(a::EMAIL) hint=t.get(a::EMAIL_HINT) autocomplete="email" />
                <Field name="password" kind="password" label=t.get(a::PASSWORD) hint=t.get(a::PASSWORD_HINT) autocomplete="new-password" />
                {move || view! { <Hidden name="purpose" value=if helping.get() { "aider" } else { "organisation" } /> }}
                <Hidden name="next" value=next() />
                <p class="field__hint">{t.get(a::PRIVACY_NOTE)}" "<a href="/donnees-personnelles">{t.get(a::PRIVACY_LINK)}</a></p>
                <Submit label=t.get(a::REGISTER_SUBMIT) />
            </Form>
            <p>{t.get(a::HAVE_ACCOUNT)}" "<a href=routes::SIGN_IN>{t.get(a::SIGN_IN_LINK)}</a></p>
        </Page>
    }
}

/// What to do after registering.
#[component]
pub fn CheckMail() -> impl IntoView {
    let t = texts();
    view! {
        <Page title=t.get(a::CHECK_MAIL_TITLE) lead=t.get(a::CHECK_MAIL_LEAD) narrow=true>
            <ReadHere />
            <Fold summary=t.get(a::NO_MAIL) act=ResendConfirmation::url()>
                <p>{t.get(a::NO_MAIL_HINT)}</p>
                <Form act=ResendConfirmation::url()>
                    <Field name="email" kind="email" label=t.get(a::EMAIL) autocomplete="email" />
                    <Submit label=t.get(a::RESEND) class="btn--quiet" />
                </Form>
            </Fold>
        </Page>
    }
}

/// The link of the e-mail shows a button: mail scanners open links, people press buttons.
#[component]
pub fn ConfirmEmail() -> impl IntoView {
    let t = texts();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    view! {
        <Page title=t.get(a::CONFIRM_TITLE) lead=t.get(a::CONFIRM_LEAD) narrow=true>
            // Whoever confirms is signed in: the next page is loaded as theirs.
            <Form act=ConfirmEmailAct::url() anew=true>
                <Subject name="token" value=token />
                <Subject name="next" value=next() />
                <Submit label=t.get(a::CONFIRM_SUBMIT) />
            </Form>
        </Page>
    }
}
