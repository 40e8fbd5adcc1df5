use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use crate::{
    accounts::{RequestReset, ResetPassword},
    i18n::{k::accounts as a, texts},
    mailbox::ReadHere,
    ui::{Field, Form, Page, Subject, Submit},
};

/// Asking for a link.
#[component]
pub fn LostPassword() -> impl IntoView {
    let t = texts();
    view! {
        <Page title=t.get(a::LOST_TITLE) lead=t.get(a::LOST_LEAD) narrow=true>
            <Form act=RequestReset::url()>
                <Field name="email" kind="email" label=t.get(a::EMAIL) autocomplete="email" />
                <Submit label=t.get(a::LOST_SUBMIT) />
            </Form>
        </Page>
    }
}

/// The same answer for a known and an unknown address.
#[component]
pub fn LostPasswordSent() -> impl IntoView {
    let t = texts();
    view! {
        <Page title=t.get(a::LOST_SENT_TITLE) lead=t.get(a::LOST_SENT_LEAD) narrow=true>
            <ReadHere />
            <p>{t.get(a::NO_MAIL_HINT)}</p>
        </Page>
    }
}

/// Choosing a new password by the link.
#[component]
pub fn NewPassword() -> impl IntoView {
    let t = texts();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    view! {
        <Page title=t.get(a::NEW_PASSWORD_TITLE) narrow=true>
            <Form act=ResetPassword::url()>
                <Subject name="token" value=token />
                <Field name="password" kind="password" label=t.get(a::NEW_PASSWORD) hint=t.get(a::PASSWORD_HINT) autocomplete="new-password" />
                <Submit label=t.get(a::NEW_PASSWORD_SUBMIT) />
            </Form>
        </Page>
    }
}
