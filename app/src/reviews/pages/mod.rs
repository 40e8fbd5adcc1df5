//! Pages of reviews.

mod queue;
mod review;

use leptos::prelude::*;
use leptos_router::{SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, path};

use queue::QueuePage;
use review::ReviewPage;

/// Their addresses.
#[component(transparent)]
pub fn ReviewRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/coordination/:insee") view=QueuePage ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/dossiers/:review") view=ReviewPage ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
