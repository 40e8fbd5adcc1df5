//! Where an organisation stands.

use crate::access::{
    Role::{Coordinator, OrganisationAdmin},
    machine,
};

states! {
    /// Where an organisation stands with the town's service.
    pub enum OrganisationStatus {
        /// Being written; seen by its admins only.
        Draft = "draft",
        /// Waits for the town's service.
        Submitted = "submitted",
        /// Sent back with what should change.
        ChangesRequested = "changes_requested",
        /// May have missions reviewed and published.
        Approved = "approved",
        /// Refused with a reason; the end.
        Refused = "refused",
        /// Offline for a time, with its missions.
        Suspended = "suspended",
    }
}

states! {
    /// What can be done to an organisation's status.
    pub enum OrganisationAction {
        /// Send it, first or again, to the town's service.
        Submit = "submit",
        /// Send it back with what should change.
        RequestChanges = "request_changes",
        /// Approve it.
        Approve = "approve",
        /// Refuse it with a reason.
        Refuse = "refuse",
        /// Take it and its missions offline.
        Suspend = "suspend",
        /// Put it and its missions back.
        Reinstate = "reinstate",
    }
}

use OrganisationAction as A;
use OrganisationStatus as S;

machine!(
    S,
    A,
    &[
        (S::Draft, A::Submit, S::Submitted, &[OrganisationAdmin]),
        (S::ChangesRequested, A::Submit, S::Submitted, &[OrganisationAdmin]),
        (S::Submitted, A::RequestChanges, S::ChangesRequested, &[Coordinator]),
        (S::Submitted, A::Approve, S::Approved, &[Coordinator]),
        (S::Submitted, A::Refuse, S::Refused, &[Coordinator]),
        (S::Approved, A::Suspend, S::Suspended, &[Coordinator]),
        (S::Suspended, A::Reinstate, S::Approved, &[Coordinator]),
    ]
);

impl OrganisationStatus {
    /// Whether the public sees it and its missions.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Approved)
    }

    /// Whether its admins may change the whole form.
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::ChangesRequested)
    }
}
