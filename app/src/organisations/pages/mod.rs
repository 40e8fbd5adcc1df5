//! Pages of organisations.

mod edit;
mod file;
mod list;
mod new;
mod public;
mod space;

use leptos::prelude::*;
use leptos_router::{SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, path};

pub use edit::EditOrganisation;
pub use file::OrganisationFilePage;
pub use list::TownOrganisations;
pub use new::NewOrganisation;
use public::PublicOrganisation;
pub use space::Space;

/// Their addresses.
#[component(transparent)]
pub fn OrganisationRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/organisations/:id") view=PublicOrganisation ssr=SsrMode::Async />
        <Route path=path!("/organisations/:id/:slug") view=PublicOrganisation ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
