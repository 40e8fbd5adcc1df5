//! What a volunteer shows on arrival: a code that leads whoever notes who came to their line.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ApplicationId, MissionId},
    missions::SlotLine,
};

/// The codes of one accepted application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassPage {
    /// The application.
    pub id: ApplicationId,
    /// The mission: id, part of its address, title.
    pub mission: (MissionId, String, String),
    /// Who answers for it.
    pub organisation: String,
    /// The volunteer's name, for who cannot scan.
    pub name: String,
    /// A code for each slot that is not over, by time.
    pub slots: Vec<Pass>,
}

/// The code of one slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// The slot.
    pub slot: SlotLine,
    /// The address that the code holds: the attendance sheet, at this person's line. It names nobody.
    pub link: String,
    /// The code as the outline of an SVG drawing.
    pub outline: String,
    /// How many units the drawing is wide, its white margin included.
    pub side: u32,
}
