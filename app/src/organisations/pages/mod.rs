//! Pages of organisations.

mod edit;
mod file;
mod list;
mod new;
mod public;
mod space;

use leptos::prelude::*;
use leptos_router::{SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, hooks::use_params_map, path};

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
        <Route path=path!("/organisation/nouvelle") view=NewOrganisation ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id") view=Space ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/modifier") view=EditOrganisation ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/organisations") view=TownOrganisations ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/organisations/:org") view=OrganisationFilePage ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// A part of the page's address.
fn param(name: &'static str) -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get(name).unwrap_or_default())
}
