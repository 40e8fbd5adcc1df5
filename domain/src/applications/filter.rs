//! A part of the applicants of a mission, as the address of their page names it.

use super::{Applicant, ApplicationStatus};
use crate::ids::SlotId;

/// Which applicants are shown; what is `None` narrows nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ApplicantFilter {
    /// Those in this state.
    pub status: Option<ApplicationStatus>,
    /// Those of this slot.
    pub slot: Option<SlotId>,
}

impl ApplicantFilter {
    /// Reads it from an address; what is no state and no slot narrows nothing.
    pub fn parse(status: &str, slot: &str) -> Self {
        Self { status: ApplicationStatus::parse(status), slot: slot.parse().ok() }
    }

    /// Whether it narrows anything.
    pub const fn is_set(self) -> bool {
        self.status.is_some() || self.slot.is_some()
    }

    /// Whether it keeps an applicant.
    pub fn keeps(self, applicant: &Applicant) -> bool {
        self.status.is_none_or(|status| status == applicant.status)
            && self.slot.is_none_or(|slot| applicant.slots.contains(&slot))
    }
}
