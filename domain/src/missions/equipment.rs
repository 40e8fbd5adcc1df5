//! The protective equipment that a mission needs: part of what a green light is bound to.

use serde::{Deserialize, Serialize};

use super::content::is_code;
use crate::error::{FieldErrors, Problem};

/// Most units of one kind for each volunteer of a slot.
pub const MAX_PER_VOLUNTEER: u32 = 100;
/// Most units of one kind in common for a slot.
pub const MAX_PER_SLOT: u32 = 1000;
/// Most kinds of equipment of a mission.
pub const MAX_KINDS: usize = 30;

/// How much of one kind of equipment a mission needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct EquipmentNeed {
    /// Code of the kind.
    pub code: String,
    /// Units for each volunteer of a slot.
    pub per_volunteer: u32,
    /// Units in common, for each slot.
    pub per_slot: u32,
}

impl EquipmentNeed {
    /// Units for a slot with that many volunteers; where nobody comes, nothing is needed.
    pub const fn of_slot(&self, volunteers: u32) -> u32 {
        if volunteers == 0 {
            return 0;
        }
        volunteers.saturating_mul(self.per_volunteer).saturating_add(self.per_slot)
    }
}

/// What is malformed in a list of needs, by field: `equipment.0.per_volunteer`.
pub(super) fn malformed(needs: &[EquipmentNeed]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if needs.len() > MAX_KINDS {
        errors.add("equipment", Problem::NotAChoice);
        return errors;
    }
    for (index, need) in needs.iter().enumerate() {
        let before = &needs[..index];
        if !is_code(&need.code) || before.iter().any(|other| other.code == need.code) {
            errors.add(format!("equipment.{index}.code"), Problem::NotAChoice);
        }
        let fields =
            [("per_volunteer", need.per_volunteer, MAX_PER_VOLUNTEER), ("per_slot", need.per_slot, MAX_PER_SLOT)];
        for (field, units, most) in fields {
            if units > most {
                errors.add(format!("equipment.{index}.{field}"), Problem::OutOfRange { min: 0, max: i64::from(most) });
            }
        }
        if (need.per_volunteer, need.per_slot) == (0, 0) {
            errors.add(format!("equipment.{index}.per_volunteer"), Problem::Required);
        }
    }
    errors
}
