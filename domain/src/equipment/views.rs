//! What is shown of equipment.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Balance, DeliveryColumn, MovementKind, RefusedDelivery, TypeForm};
use crate::{
    ids::{CountId, DepotId, EquipmentImportId, MissionId},
    network::TownRef,
};

/// A type of equipment, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquipmentType {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// What is counted: «paire», «flacon».
    pub unit: String,
    /// It does not come back.
    pub single_use: bool,
}

/// A depot by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepotRef {
    /// Its id.
    pub id: DepotId,
    /// Its name.
    pub name: String,
    /// Nothing goes in or out any more.
    pub closed: bool,
}

/// What a town has of one type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockLine {
    /// The type.
    pub equipment: EquipmentType,
    /// All depots together.
    pub balance: Balance,
    /// Free units under which the town is told; 0 for never.
    pub level: i32,
    /// Fewer are free.
    pub low: bool,
}

/// The stock of a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockPage {
    /// The town.
    pub town: TownRef,
    /// Every type that may be used or is there, in the network's order.
    pub lines: Vec<StockLine>,
    /// Its depots, open ones first, each with how many types it holds.
    pub depots: Vec<(DepotRef, u32)>,
    /// Whether the viewer may change it (a network admin only reads).
    pub may_write: bool,
}

/// A depot of a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepotPage {
    /// The town.
    pub town: TownRef,
    /// The depot.
    pub depot: DepotRef,
    /// Where it is; for coordinators and the network's admins alone.
    pub address: String,
    /// What it holds.
    pub lines: Vec<(EquipmentType, Balance)>,
    /// Its counts, newest first: who, when, and how many lines differed.
    pub counts: Vec<CountLine>,
    /// Whether the viewer may change it.
    pub may_write: bool,
}

/// A count in the list of a depot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountLine {
    /// Its id.
    pub id: CountId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who counted.
    pub by: String,
    /// Lines that were counted, and those of them that differed.
    pub lines_and_differences: (u32, u32),
}

/// What the forms of a town's equipment choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPage {
    /// The town.
    pub town: TownRef,
    /// Types, each with its reorder level.
    pub types: Vec<(EquipmentType, i32)>,
    /// Open depots.
    pub depots: Vec<DepotRef>,
    /// What this page was made with.
    pub once: String,
}

/// The sheet of a count that begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountSheet {
    /// The town.
    pub town: TownRef,
    /// The depot.
    pub depot: DepotRef,
    /// Types with what the ledger says is there: those that are there first.
    pub lines: Vec<(EquipmentType, Balance)>,
    /// What this page was made with.
    pub once: String,
}

/// A count, with what it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountPage {
    /// The town.
    pub town: TownRef,
    /// The depot.
    pub depot: DepotRef,
    /// When.
    pub at: DateTime<Utc>,
    /// Who counted.
    pub by: String,
    /// A word on the whole, may be empty.
    pub note: String,
    /// What was counted.
    pub lines: Vec<CountedLine>,
}

/// A line of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedLine {
    /// The type.
    pub equipment: EquipmentType,
    /// What the ledger said.
    pub expected: i32,
    /// What was there.
    pub counted: i32,
    /// Why they differ, may be empty.
    pub reason: String,
}

/// The ledger of a town, a page of it, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerPage {
    /// The town.
    pub town: TownRef,
    /// Its lines.
    pub lines: Vec<LedgerLine>,
    /// How many in all that match.
    pub total: u32,
    /// Page from 1.
    pub page: u32,
    /// Pages in all, at least 1.
    pub pages: u32,
    /// Types to choose from: code and name.
    pub types: Vec<(String, String)>,
    /// Depots to choose from.
    pub depots: Vec<DepotRef>,
    /// The mission that was asked for, by its title.
    pub mission: Option<String>,
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: MovementKind,
    /// How many units, below zero for what a count found missing.
    pub quantity: i32,
    /// The name of the type.
    pub equipment: String,
    /// The depot's name.
    pub depot: String,
    /// The mission it concerns.
    pub mission: Option<(MissionId, String)>,
    /// Who got it or gave it back, may be empty.
    pub volunteer: String,
    /// Who wrote it down; empty when it follows from another act.
    pub by: String,
    /// Why, may be empty.
    pub reason: String,
}

/// Deliveries that were given and are not imported yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryPage {
    /// The town.
    pub town: TownRef,
    /// Their id.
    pub id: EquipmentImportId,
    /// The columns as the file calls them, and what each was taken for.
    pub columns: Vec<(String, Option<DeliveryColumn>)>,
    /// What would come in, the first fifty lines: type, depot, units, why.
    pub sample: Vec<(String, String, i32, String)>,
    /// How many lines would be taken.
    pub taken: u32,
    /// What tells these lines from others, for the import.
    pub seen: String,
    /// Lines that are not taken, the first hundred.
    pub refused: Vec<RefusedDelivery>,
    /// How many are not taken.
    pub refused_count: u32,
}

/// The types of equipment, for the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypesPage {
    /// As they stand, in order.
    pub types: Vec<TypeForm>,
}
