//! Organisations: their own space, their public page, the coordinators' file on them.

mod api;
mod components;
mod deciding;
mod labels;
mod look_alikes;
mod pages;
mod review_api;

pub use api::*;
pub use components::StatusPill as OrganisationPill;
pub use pages::{
    EditOrganisation, NewOrganisation, OrganisationFilePage, OrganisationRoutes, Space, TownOrganisations,
};
pub use review_api::*;
