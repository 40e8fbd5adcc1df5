//! Where a mission stands, and where each version of its content stands.

use crate::access::{
    Role::{Coordinator, OrganisationAdmin, System},
    machine,
};

states! {
    /// Where a mission stands.
    pub enum MissionStatus {
        /// Being written; seen by its organisation only.
        Draft = "draft",
        /// Waits for the town's green light.
        Submitted = "submitted",
        /// Sent back with what should change.
        ChangesRequested = "changes_requested",
        /// Public: reached only through a green light.
        Published = "published",
        /// Refused with a reason; the end.
        Refused = "refused",
        /// Offline for a time.
        Suspended = "suspended",
        /// Over; the end.
        Closed = "closed",
        /// Given up by its organisation; the end.
        Cancelled = "cancelled",
    }
}

states! {
    /// What can be done to a mission's status.
    pub enum MissionAction {
        /// Send it, first or again, to the town's service.
        Submit = "submit",
        /// Send it back with what should change.
        RequestChanges = "request_changes",
        /// Publish the content that was reviewed.
        GreenLight = "green_light",
        /// Refuse it with a reason.
        Refuse = "refuse",
        /// Take it offline: by the town, or with its organisation, or by a crisis measure.
        Suspend = "suspend",
        /// Put it back online.
        Resume = "resume",
        /// End it: by itself after its last slot, or early by its organisation.
        Close = "close",
        /// Give it up.
        Cancel = "cancel",
    }
}

states! {
    /// Where one version of a mission's reviewed content stands. The mission stays online with its approved version
    /// while a later one is written and reviewed.
    pub enum VersionStatus {
        /// Being written.
        Draft = "draft",
        /// Waits for its own green light.
        Submitted = "submitted",
        /// Sent back with what should change.
        ChangesRequested = "changes_requested",
        /// Has its green light: what the public sees.
        Approved = "approved",
        /// Refused with a reason; the end.
        Refused = "refused",
        /// Was approved, until a later version was; the end.
        Superseded = "superseded",
    }
}

states! {
    /// What can be done to a version.
    pub enum VersionAction {
        /// Send it, first or again, to the town's service.
        Submit = "submit",
        /// Send it back with what should change.
        RequestChanges = "request_changes",
        /// Give it the green light.
        Approve = "approve",
        /// Refuse it with a reason.
        Refuse = "refuse",
        /// Follows from the approval of a later version.
        Supersede = "supersede",
    }
}

use MissionAction as A;
use MissionStatus as S;
use VersionAction as VA;
use VersionStatus as V;

machine!(
    S,
    A,
    &[
        (S::Draft, A::Submit, S::Submitted, &[OrganisationAdmin]),
        (S::ChangesRequested, A::Submit, S::Submitted, &[OrganisationAdmin]),
        (S::Submitted, A::RequestChanges, S::ChangesRequested, &[Coordinator]),
        (S::Submitted, A::GreenLight, S::Published, &[Coordinator]),
        (S::Submitted, A::Refuse, S::Refused, &[Coordinator]),
        (S::Published, A::Suspend, S::Suspended, &[Coordinator, System]),
        (S::Suspended, A::Resume, S::Published, &[Coordinator, System]),
        (S::Published, A::Close, S::Closed, &[System, OrganisationAdmin]),
        (S::Draft, A::Cancel, S::Cancelled, &[OrganisationAdmin]),
        (S::Submitted, A::Cancel, S::Cancelled, &[OrganisationAdmin]),
        (S::ChangesRequested, A::Cancel, S::Cancelled, &[OrganisationAdmin]),
        (S::Published, A::Cancel, S::Cancelled, &[OrganisationAdmin]),
        (S::Suspended, A::Cancel, S::Cancelled, &[OrganisationAdmin]),
    ]
);

machine!(
    V,
    VA,
    &[
        (V::Draft, VA::Submit, V::Submitted, &[OrganisationAdmin]),
        (V::ChangesRequested, VA::Submit, V::Submitted, &[OrganisationAdmin]),
        (V::Submitted, VA::RequestChanges, V::ChangesRequested, &[Coordinator]),
        (V::Submitted, VA::Approve, V::Approved, &[Coordinator]),
        (V::Submitted, VA::Refuse, V::Refused, &[Coordinator]),
        (V::Approved, VA::Supersede, V::Superseded, &[System]),
    ]
);

impl MissionStatus {
    /// Whether the public sees it and volunteers apply.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Published)
    }

    /// Whether everybody can read its page.
    pub const fn has_page(self) -> bool {
        matches!(self, Self::Published | Self::Closed)
    }

    /// Whether nothing can happen to it any more.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Refused | Self::Closed | Self::Cancelled)
    }
}

impl VersionStatus {
    /// Whether the organisation may still write in it.
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::ChangesRequested)
    }
}
