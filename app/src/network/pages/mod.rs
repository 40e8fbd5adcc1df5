//! Pages of the network.

mod invitation;
mod new_town;
mod settings;
mod town;
mod towns;

use leptos::prelude::*;
use leptos_router::{SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, path};

use invitation::Invitation;
pub use new_town::NewTown;
pub use settings::TownSettings;
pub use town::NetworkTown;
pub use towns::Towns;

/// Their addresses.
#[component(transparent)]
pub fn NetworkRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/invitation/:token") view=Invitation ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
