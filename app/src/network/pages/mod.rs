//! Pages of the network.

mod invitation;
mod new_town;
mod settings;
mod town;
mod towns;

use leptos::prelude::*;
use leptos_router::{SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, hooks::use_params_map, path};

use invitation::Invitation;
pub use new_town::NewTown;
pub use settings::TownSettings;
pub use town::NetworkTown;
pub use towns::Towns;

/// Their addresses.
#[component(transparent)]
pub fn NetworkRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/coordination/:insee/reglages") view=TownSettings ssr=SsrMode::Async />
        <Route path=path!("/reseau") view=Towns ssr=SsrMode::Async />
        <Route path=path!("/reseau/communes/nouvelle") view=NewTown ssr=SsrMode::Async />
        <Route path=path!("/reseau/communes/:insee") view=NetworkTown ssr=SsrMode::Async />
        <Route path=path!("/invitation/:token") view=Invitation ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// A part of the page's address.
fn param(name: &'static str) -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get(name).unwrap_or_default())
}
