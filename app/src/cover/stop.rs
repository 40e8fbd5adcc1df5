use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    cover::{StopCover, load_stopping_cover},
    i18n::{k, k::cover as c, texts},
    routes,
    ui::{
        Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// Where the link of an e-mail leads: only its button does something.
#[component]
pub fn StopPage() -> impl IntoView {
    let secret = param("token");
    loaded(load(move || secret.get(), load_stopping_cover), move |asked| {
        view! { <Stop asked=asked secret=secret.get_untracked() /> }
    })
}

#[component]
fn Stop(asked: bool, secret: String) -> impl IntoView {
    let t = texts();
    let body = if asked {
        view! {
            <p>{t.get(c::STOP_TEXT)}</p>
            <Form act=StopCover::url()>
                <Subject name="secret" value=secret />
                <Submit label=t.get(c::STOP) />
            </Form>
        }
        .into_any()
    } else {
        view! { <p>{t.get(c::STOP_UNKNOWN)}</p> }.into_any()
    };
    view! {
        <Page title=t.get(c::STOP_TITLE) narrow=true>
            {body}
            <p><a href=routes::MY_PROFILE>{t.get(k::accounts::PROFILE_TITLE)}</a></p>
        </Page>
    }
}
