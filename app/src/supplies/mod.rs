//! Supplies: the equipment that missions need, reserve and hand out.

mod api;
mod components;
mod pages;

pub use api::*;
pub use components::{
    links::SheetLinks,
    needs::NeedFields,
    panel::{SuppliesPanel, stated},
    short::ShortBanner,
    signature::SignaturePad,
};
pub use pages::{OwnSheetPage, TownSheetPage, WeekPage};
