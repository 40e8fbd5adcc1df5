//! Organisations: their own space, their public page, the coordinators' file on them.

mod api;
mod components;
mod labels;
mod pages;

pub use api::*;
pub use components::StatusPill as OrganisationPill;
pub use pages::{
    EditOrganisation, NewOrganisation, OrganisationFilePage, OrganisationRoutes, Space, TownOrganisations,
};
