//! What is noted of somebody who was expected.

use crate::applications::ApplicationAction;

states! {
    /// What is noted of somebody who was expected at a slot.
    pub enum Mark {
        /// Came.
        Present = "present",
        /// Came late; the hours are fewer.
        Late = "late",
        /// Did not come.
        Absent = "absent",
        /// Somebody else came in their place; nobody's fault.
        Replaced = "replaced",
    }
}

impl Mark {
    /// Whether they came, and hours count.
    pub const fn came(self) -> bool {
        matches!(self, Self::Present | Self::Late)
    }
}

/// What becomes of an application once every slot of it is noted and validated: who came once was there.
pub fn outcome(marks: &[Mark]) -> ApplicationAction {
    if marks.iter().any(|mark| mark.came()) { ApplicationAction::MarkAttended } else { ApplicationAction::MarkAbsent }
}
