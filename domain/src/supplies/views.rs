//! What is sent and shown about supplies.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Signature, needs::Cover};
use crate::{
    equipment::EquipmentType,
    ids::{ApplicationId, MissionId, OrganisationId},
    missions::{EquipmentNeed, SlotLine},
    network::TownRef,
};

/// What a mission under review needs of a kind, against the town's stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyLine {
    /// The kind.
    pub kind: EquipmentType,
    /// What the mission states.
    pub need: EquipmentNeed,
    /// Its figures.
    pub cover: Cover,
}

/// The equipment panel of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionSupplies {
    /// Kind by kind; none when the mission needs nothing and nothing is reserved for it.
    pub lines: Vec<SupplyLine>,
}

impl MissionSupplies {
    /// Kinds of which units are missing, with how many.
    pub fn missing(&self) -> impl Iterator<Item = (&SupplyLine, u32)> {
        self.lines.iter().map(|line| (line, line.cover.missing())).filter(|(_, missing)| *missing > 0)
    }
}

/// Through whose space a sheet is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetDoor {
    /// The town's coordination, by its INSEE code.
    Town(String),
    /// The organisation that holds the slot: the mission's, or a partner.
    Organisation(OrganisationId, MissionId),
}

/// The handing-out sheet of a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotSheet {
    /// The town whose stock it is.
    pub town: TownRef,
    /// The mission.
    pub mission: MissionId,
    /// Its title.
    pub title: String,
    /// The organisation that holds the slot.
    pub organisation: (OrganisationId, String),
    /// Whether that is a partner, and the mission another's.
    pub partner: bool,
    /// The slot.
    pub slot: SlotLine,
    /// Whether it takes place: otherwise nothing is handed out, and what was comes back.
    pub takes_place: bool,
    /// Through whose space it is shown.
    pub door: SheetDoor,
    /// Whether the viewer may note what is handed out and comes back.
    pub may_write: bool,
    /// Kinds that the mission needs, and those that were handed out.
    pub kinds: Vec<SheetKind>,
    /// The volunteers, by name.
    pub people: Vec<SheetPerson>,
    /// The day on which the signatures of this slot are deleted, UTC.
    pub signatures_until: DateTime<Utc>,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}

/// A kind on a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetKind {
    /// The kind.
    pub kind: EquipmentType,
    /// What the mission states.
    pub need: EquipmentNeed,
    /// Units that are reserved for the mission.
    pub reserved: u32,
    /// Units of the town that are reserved for nobody; coordinators only.
    pub free: Option<u32>,
    /// Depots where units for the mission lie, with how many; coordinators only.
    pub depots: Vec<(String, u32)>,
    /// Units handed out on this slot.
    pub issued: u32,
}

/// A volunteer on a sheet: a name, and nothing else about the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPerson {
    /// The application by which the person comes.
    pub application: ApplicationId,
    /// The name.
    pub name: String,
    /// Expected on the slot; otherwise somebody who withdrew and still has something.
    pub expected: bool,
    /// Acts so far: the form sends it back.
    pub acts: u32,
    /// What the person was handed, by kind, in the order of the sheet.
    pub items: Vec<PersonItem>,
    /// The last signature.
    pub signature: Option<Signature>,
}

/// What a volunteer was handed of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonItem {
    /// Code of the kind.
    pub code: String,
    /// Units handed out.
    pub issued: u32,
    /// Units that came back.
    pub returned: u32,
    /// Units that are lost.
    pub lost: u32,
    /// Units to propose now.
    pub proposed: u32,
}

impl PersonItem {
    /// Units that the person still has.
    pub const fn held(&self) -> u32 {
        self.issued.saturating_sub(self.returned).saturating_sub(self.lost)
    }
}

/// A kind that will be short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortage {
    /// The kind.
    pub kind: EquipmentType,
    /// Units that the volunteers of the next seven days need, beyond those that were handed out.
    pub needed: u32,
    /// Units that are not there.
    pub missing: u32,
}

/// A slot of the days to come, with what its volunteers need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekSlot {
    /// The slot.
    pub slot: SlotLine,
    /// Title of the mission.
    pub title: String,
    /// Name of the organisation.
    pub organisation: String,
    /// Kinds with the units that those who come need, and the units handed out.
    pub units: Vec<(EquipmentType, u32, u32)>,
}

/// The equipment of a town in the days to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyWeek {
    /// The town.
    pub town: TownRef,
    /// What will be short.
    pub short: Vec<Shortage>,
    /// Slots whose mission needs equipment: those that ended lately, then those of the next seven days.
    pub slots: Vec<WeekSlot>,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}
