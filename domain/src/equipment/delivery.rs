//! Reads deliveries, or the stock a town begins with, from a table that somebody kept elsewhere.

use serde::{Deserialize, Serialize};

use super::Quantity;
use crate::{
    error::Problem,
    ids::DepotId,
    text::{self, fold, sheet, table},
};

/// Lines that one import may have.
pub const LINES_MAX: usize = 2000;

states! {
    /// What a column of a delivery holds.
    pub enum DeliveryColumn {
        /// The type of equipment, by its name or code.
        Equipment = "equipment",
        /// The depot, by its name.
        Depot = "depot",
        /// How many units came.
        Quantity = "quantity",
        /// Why, or from whom.
        Reason = "reason",
    }
}

/// What a delivery may name.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Codes of types, each with its names.
    pub types: Vec<(String, Vec<String>)>,
    /// Open depots, with their names.
    pub depots: Vec<(DepotId, String)>,
}

/// What came, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Where it stands in the file, from 1.
    pub line: u32,
    /// The type of equipment.
    pub type_code: String,
    /// The depot.
    pub depot: DepotId,
    /// How many units.
    pub quantity: Quantity,
    /// Why, may be empty.
    pub reason: String,
}

/// Why a line is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryProblem {
    /// A cell is missing or wrong.
    Cell(DeliveryColumn, Problem),
    /// No type of equipment is called this.
    UnknownEquipment(String),
    /// No open depot is called this.
    UnknownDepot(String),
    /// A quotation mark is opened and never closed: what follows cannot be told apart.
    OpenQuote,
}

/// A line that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedDelivery {
    /// Where it stands in the file, from 1.
    pub line: u32,
    /// Why.
    pub problem: DeliveryProblem,
}

/// A table of deliveries, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deliveries {
    /// The columns as the first line calls them, and what each was taken for.
    pub columns: Vec<(String, Option<DeliveryColumn>)>,
    /// What can be taken.
    pub taken: Vec<Delivery>,
    /// What cannot.
    pub refused: Vec<RefusedDelivery>,
}

/// What a column's name means, whatever its accents, capitals and signs.
pub fn column(header: &str) -> Option<DeliveryColumn> {
    match words(header).as_str() {
        "materiel" | "equipement" | "type" | "article" | "designation" | "produit" | "equipment" | "item" => {
            Some(DeliveryColumn::Equipment)
        }
        "depot" | "lieu" | "lieu de stockage" | "site" | "magasin" => Some(DeliveryColumn::Depot),
        "quantite" | "qte" | "nombre" | "recu" | "recus" | "en stock" | "quantity" | "received" | "on hand" => {
            Some(DeliveryColumn::Quantity)
        }
        "motif" | "remarque" | "commentaire" | "note" | "origine" | "fournisseur" | "reason" => {
            Some(DeliveryColumn::Reason)
        }
        _ => None,
    }
}

/// The words of a text, folded, whatever stands between them.
fn words(text: &str) -> String {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Reads deliveries: the separator and columns are found out, each line is taken or refused by itself. Where a town has one
/// open depot alone, lines need not name it.
///
/// # Errors
/// `Required` for nothing, `NoDeliveryColumns` without a first line that names equipment and quantity, and the depot where
/// there are several, `TooManyLines`.
pub fn read(text: &str, catalogue: &Catalogue) -> Result<Deliveries, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Required);
    }
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = table::lines(text, table::separator(text));
    let header = lines.next().ok_or(Problem::Required)?;
    let mut columns: Vec<(String, Option<DeliveryColumn>)> = Vec::new();
    for name in header.cells {
        let meant = column(&name).filter(|meant| columns.iter().all(|(_, known)| known.as_ref() != Some(meant)));
        columns.push((name.trim().chars().take(60).collect(), meant));
    }
    let has = |needed: DeliveryColumn| columns.iter().any(|(_, known)| *known == Some(needed));
    let which_depot = has(DeliveryColumn::Depot) || catalogue.depots.len() == 1;
    if !(has(DeliveryColumn::Equipment) && has(DeliveryColumn::Quantity) && which_depot) {
        return Err(Problem::NoDeliveryColumns);
    }
    let mut deliveries = Deliveries { columns, ..Deliveries::default() };
    for (count, line) in lines.enumerate() {
        if count == LINES_MAX {
            return Err(Problem::TooManyLines { max: u32::try_from(LINES_MAX).unwrap_or(u32::MAX) });
        }
        match delivery(&deliveries.columns, &line, catalogue) {
            Ok(delivery) => deliveries.taken.push(delivery),
            Err(problem) => deliveries.refused.push(RefusedDelivery { line: line.number, problem }),
        }
    }
    Ok(deliveries)
}

fn delivery(
    columns: &[(String, Option<DeliveryColumn>)],
    line: &table::Line,
    catalogue: &Catalogue,
) -> Result<Delivery, DeliveryProblem> {
    if line.open_quote {
        return Err(DeliveryProblem::OpenQuote);
    }
    let cell = |column: DeliveryColumn| {
        let place = columns.iter().position(|(_, known)| *known == Some(column));
        sheet::written(place.and_then(|place| line.cells.get(place)).map(|cell| cell.trim()).unwrap_or_default())
    };
    let wrong = |column: DeliveryColumn| move |problem: Problem| DeliveryProblem::Cell(column, problem);
    let named = |column: DeliveryColumn| text::line(cell(column), 1, 150).map_err(wrong(column));
    let equipment = named(DeliveryColumn::Equipment)?;
    let type_code = catalogue.type_called(&equipment).ok_or(DeliveryProblem::UnknownEquipment(equipment))?;
    let depot = match catalogue.depots.as_slice() {
        [(only, _)] if cell(DeliveryColumn::Depot).is_empty() => *only,
        _ => {
            let name = named(DeliveryColumn::Depot)?;
            catalogue.depot_called(&name).ok_or(DeliveryProblem::UnknownDepot(name))?
        }
    };
    Ok(Delivery {
        line: line.number,
        type_code,
        depot,
        quantity: Quantity::parse(cell(DeliveryColumn::Quantity)).map_err(wrong(DeliveryColumn::Quantity))?,
        reason: text::line(cell(DeliveryColumn::Reason), 0, 300).map_err(wrong(DeliveryColumn::Reason))?,
    })
}

impl Catalogue {
    fn type_called(&self, name: &str) -> Option<String> {
        let asked = words(name);
        let called = |(code, names): &&(String, Vec<String>)| {
            words(code) == asked || names.iter().any(|name| words(name) == asked)
        };
        self.types.iter().find(called).map(|(code, _)| code.clone())
    }

    fn depot_called(&self, name: &str) -> Option<DepotId> {
        let asked = words(name);
        self.depots.iter().find(|(_, name)| words(name) == asked).map(|(id, _)| *id)
    }
}
