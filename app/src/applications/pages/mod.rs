//! Pages of applications.

mod answers;
mod apply;
mod further;
mod guardian;
mod month;
mod offered;
mod pass;
mod space;
mod table;
mod tools;

use leptos::prelude::*;
use leptos_router::{SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, path};

pub use answers::MissionApplicationsPage;
use apply::ApplyPage;
pub use further::{FurtherSlotsPage, MoveSlotPage};
pub use guardian::GuardianConsentPage;
pub use month::MonthPage;
use offered::OfferedPage;
pub use pass::PassPage;
use space::MySpace;
pub use space::{ApplicationPill, status_name};
pub use tools::{AskedFor, TemplateChooser, chosen};

/// Their addresses; those of organisations are in `crate::spaces`.
#[component(transparent)]
pub fn ApplicationRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/missions/:id/proposer") view=ApplyPage ssr=SsrMode::Async />
        <Route path=path!("/place/:id") view=OfferedPage ssr=SsrMode::Async />
        <Route path=path!("/mon-espace") view=MySpace ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
