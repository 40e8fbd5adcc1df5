//! Pages of equipment.

mod count;
mod delivery;
mod depot;
mod desk;
mod ledger;
mod stock;
mod types;

pub use count::{CountPage, CountSheetPage};
pub use delivery::{DeliveriesPage, DeliveryPage};
pub use depot::DepotPage;
pub use desk::{DeskPage, LevelsPage};
pub use ledger::LedgerPage;
pub use stock::StockPage;
pub use types::TypesPage;

use domain::network::TownRef;

use crate::{
    i18n::{Texts, k::equipment as e},
    routes,
};

/// Where a page of a town's equipment stands.
fn trail(t: Texts, town: &TownRef) -> Vec<(String, String)> {
    vec![
        (t.with(e::COORDINATION, &[("town", &town.name)]), routes::coordination(&town.insee)),
        (t.get(e::TITLE).to_owned(), routes::equipment(&town.insee)),
    ]
}

/// A number of units, with a space between thousands.
fn units(t: Texts, number: i32) -> String {
    t.number(u32::try_from(number).unwrap_or_default())
}
