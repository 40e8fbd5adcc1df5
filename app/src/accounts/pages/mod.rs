//! Pages of accounts.

mod lost_password;
mod register;
mod sign_in;

use leptos::prelude::*;
use leptos_router::{SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, hooks::use_query_map, path};

use lost_password::{LostPassword, LostPasswordSent, NewPassword};
use register::{CheckMail, ConfirmEmail, Register};
use sign_in::SignInPage;

/// Their addresses.
#[component(transparent)]
pub fn AccountRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/inscription") view=Register ssr=SsrMode::Async />
        <Route path=path!("/inscription/courrier") view=CheckMail ssr=SsrMode::Async />
        <Route path=path!("/confirmer/:token") view=ConfirmEmail ssr=SsrMode::Async />
        <Route path=path!("/connexion") view=SignInPage ssr=SsrMode::Async />
        <Route path=path!("/mot-de-passe-oublie") view=LostPassword ssr=SsrMode::Async />
        <Route path=path!("/mot-de-passe-oublie/courrier") view=LostPasswordSent ssr=SsrMode::Async />
        <Route path=path!("/mot-de-passe/:token") view=NewPassword ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// Where the page's address says to go after the act.
fn next() -> String {
    use_query_map().read_untracked().get("suite").unwrap_or_default()
}
