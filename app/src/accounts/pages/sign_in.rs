use leptos::{prelude::*, server_fn::ServerFn};

use super::next;
use crate::{
    accounts::SignIn as SignInAct,
    i18n::{k::accounts as a, texts},
    routes,
    ui::{Field, Form, Page, Subject, Submit},
};

/// Signing in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let t = texts();
    view! {
        <Page title=t.get(a::SIGN_IN_TITLE) narrow=true>
            <Form act=SignInAct::url() anew=true>
                <Field name="email" kind="email" label=t.get(a::EMAIL) autocomplete="username" />
                <Field name="password" kind="password" label=t.get(a::PASSWORD) autocomplete="current-password" />
                <Subject name="next" value=next() />
                <Submit label=t.get(a::SIGN_IN_SUBMIT) />
            </Form>
            <p><a href=routes::LOST_PASSWORD>{t.get(a::LOST_PASSWORD_LINK)}</a></p>
            <p>{t.get(a::NO_ACCOUNT)}" "<a href=move || format!("{}?suite={}", routes::REGISTER, routes::encode(&next()))>{t.get(a::REGISTER_LINK)}</a></p>
        </Page>
    }
}
