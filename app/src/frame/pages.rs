//! Pages that hold text only.

use leptos::prelude::*;
use leptos_router::{SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, path};

use super::Demo;
use crate::{
    i18n::{Text, k, texts},
    routes,
    ui::{Page, Prose},
};

/// Their addresses.
#[component(transparent)]
pub fn FrameRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/aide") view=Help ssr=SsrMode::Async />
        <Route path=path!("/accessibilite") view=|| text_page(k::pages::ACCESSIBILITY_TITLE, k::pages::ACCESSIBILITY) ssr=SsrMode::Async />
        <Route path=path!("/mentions-legales") view=|| text_page(k::pages::LEGAL_TITLE, k::pages::LEGAL) ssr=SsrMode::Async />
        <Route path=path!("/donnees-personnelles") view=|| text_page(k::pages::PRIVACY_TITLE, k::pages::PRIVACY) ssr=SsrMode::Async />
        <Route path=path!("/plan-du-site") view=SiteMap ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

fn text_page(title: Text, body: Text) -> impl IntoView {
    let t = texts();
    view! { <Page title=t.get(title) narrow=true><Prose text=t.get(body).to_owned() /></Page> }
}

#[component]
fn Help() -> impl IntoView {
    let t = texts();
    view! {
        <Page title=t.get(k::pages::HELP_TITLE) narrow=true>
            <Prose text=t.get(k::pages::HELP).to_owned() />
            <p><a href=routes::CERTIFICATES>{t.get(k::certificates::CHECK_TITLE)}</a></p>
        </Page>
    }
}

#[component]
fn SiteMap() -> impl IntoView {
    let t = texts();
    let links = [
        (routes::HOME, k::common::HOME),
        (routes::MISSIONS, k::frame::FIND),
        (routes::REGISTER, k::accounts::REGISTER_TITLE),
        (routes::SIGN_IN, k::frame::SIGN_IN),
        (routes::MY_SPACE, k::frame::MY_SPACE),
        (routes::PUBLIC_MEASURES, k::crisis::TITLE),
        (routes::CERTIFICATES, k::certificates::CHECK_TITLE),
        ("/aide", k::frame::HELP),
        ("/accessibilite", k::frame::ACCESSIBILITY),
        ("/mentions-legales", k::frame::LEGAL),
        ("/donnees-personnelles", k::frame::PRIVACY),
    ]
    .map(|(href, name)| view! { <li><a href=href>{t.get(name)}</a></li> })
    .into_iter()
    .collect_view();
    let demonstration = expect_context::<Demo>().0.then(|| {
        view! {
            <li><a href=routes::MAILBOX>{t.get(k::mailbox::TITLE)}</a></li>
            <li><a href=routes::GALLERY>{t.get(k::gallery::TITLE)}</a></li>
        }
    });
    view! { <Page title=t.get(k::frame::SITE_MAP) narrow=true><ul class="prose">{links}{demonstration}</ul></Page> }
}
