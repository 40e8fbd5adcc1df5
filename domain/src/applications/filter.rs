//! A part of the applicants of a mission and their order, as the address of their page names them.

use std::cmp::Ordering;

use super::{Applicant, ApplicationStatus};
use crate::{ids::SlotId, text};

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

states! {
    /// By what the table of applicants is put in order, as its address says it.
    pub enum ApplicantSort {
        /// The name that the organisation sees, whatever its accents and capitals.
        Name = "nom",
        /// When the application was sent.
        Sent = "date",
        /// Where it stands, in the order of the states; who waits in the list, by their place in it.
        Status = "etat",
    }
}

impl ApplicantSort {
    /// What the address calls the other way round.
    pub const DESCENDING: &'static str = "desc";
}

/// An order of the table of applicants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApplicantOrder {
    /// By what.
    pub by: ApplicantSort,
    /// The other way round.
    pub descending: bool,
}

impl ApplicantOrder {
    /// Reads it from an address; `None` for what names no order.
    pub fn parse(by: &str, way: &str) -> Option<Self> {
        Some(Self { by: ApplicantSort::parse(by)?, descending: way == ApplicantSort::DESCENDING })
    }

    /// Puts applicants in this order; those who are equal, by name, then by when they applied.
    pub fn sort(self, applicants: &mut [Applicant]) {
        let name = |one: &Applicant| text::fold(&one.name);
        let state = |one: &Applicant| {
            let place = ApplicationStatus::ALL.iter().position(|status| *status == one.status);
            (place, one.position.unwrap_or_default())
        };
        applicants.sort_by(|a, b| {
            let order = match self.by {
                ApplicantSort::Name => Ordering::Equal,
                ApplicantSort::Sent => a.sent_at.cmp(&b.sent_at),
                ApplicantSort::Status => state(a).cmp(&state(b)),
            };
            let order =
                order.then_with(|| name(a).cmp(&name(b))).then_with(|| (a.sent_at, a.id).cmp(&(b.sent_at, b.id)));
            if self.descending { order.reverse() } else { order }
        });
    }
}
