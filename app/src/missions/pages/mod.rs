//! Pages of missions.

mod new;
mod people;
mod place;
mod public;
mod relecture;
mod slots;
mod text;

use leptos::prelude::*;
use leptos_router::{SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, path};

pub use new::NewMission;
pub use people::PeoplePage;
pub use place::PlacePage;
pub use public::Nothing;
use public::PublicMission;
pub use relecture::ReviewPage;
pub use slots::SlotsPage;
pub use text::TextPage;

/// The addresses of public pages; those of organisations are in `crate::spaces`.
#[component(transparent)]
pub fn MissionRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/missions/:id") view=PublicMission ssr=SsrMode::Async />
        <Route path=path!("/missions/:id/:slug") view=PublicMission ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
