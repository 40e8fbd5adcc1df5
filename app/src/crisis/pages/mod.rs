//! Pages of crisis measures: those of a town and those of the network are the same.

mod effect;
mod facts;
mod fields;
mod list;
mod new;
mod one;
mod public;

use domain::network::TownRef;

pub use list::MeasuresListPage;
pub use new::NewMeasuresPage;
pub use one::OneMeasuresPage;
pub use public::PublicMeasuresPage;

use crate::{
    i18n::{Texts, k::crisis as c},
    routes,
};

/// The code of a town in addresses and forms; none for the network.
fn code(town: Option<&TownRef>) -> String {
    town.map(|town| town.insee.clone()).unwrap_or_default()
}

/// The way here: the town's coordination or the network, then the list.
fn trail(t: Texts, town: Option<&TownRef>, with_list: bool) -> Vec<(String, String)> {
    let first = match town {
        Some(town) => (t.with(c::COORDINATION, &[("town", &town.name)]), routes::coordination(&town.insee)),
        None => (t.get(c::NETWORK).to_owned(), routes::NETWORK.to_owned()),
    };
    let list = with_list.then(|| (t.get(c::TITLE).to_owned(), routes::measures(&code(town))));
    [Some(first), list].into_iter().flatten().collect()
}
