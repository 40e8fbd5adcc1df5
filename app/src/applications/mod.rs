//! Applications: offering help, the volunteer's space, the organisation's answers.

mod api;
mod pages;

pub use api::*;
pub use pages::{
    ApplicationPill, ApplicationRoutes, AskedFor, FurtherSlotsPage, GuardianConsentPage, MissionApplicationsPage,
    MonthPage, MoveSlotPage, PassPage, TemplateChooser, chosen, status_name,
};
