//! applications: pages.
use leptos::prelude::*;
use leptos_router::{SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, path};
/// Their addresses.
#[component(transparent)]
pub fn ApplicationRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/stub-applications") view=|| () ssr=SsrMode::Async /> }
        .into_inner()
        .into_any_nested_route()
}
