//! Where an application stands.

use crate::access::{
    Role::{Guardian, OrganisationAdmin, OrganisationHelper, System, Volunteer},
    machine,
};

states! {
    /// Where a volunteer's offer stands.
    pub enum ApplicationStatus {
        /// Waits for the organisation's choice.
        Pending = "pending",
        /// Counted on; holds its places.
        Accepted = "accepted",
        /// Not taken by the organisation; the end.
        Declined = "declined",
        /// Taken back by the volunteer; the end.
        Withdrawn = "withdrawn",
        /// Accepted, then called off by the organisation or with the mission; the end.
        Cancelled = "cancelled",
        /// The volunteer came; the end.
        Attended = "attended",
        /// The volunteer did not come; the end.
        Absent = "absent",
        /// In the queue of a full slot.
        Waitlisted = "waitlisted",
        /// A place came free and is held for this volunteer for a time.
        Offered = "offered",
        /// The offer was not taken in time; the end.
        Expired = "expired",
    }
}

states! {
    /// What can be done to an application.
    pub enum ApplicationAction {
        /// Count on the volunteer: the organisation's choice, or at once where the mission says so.
        Accept = "accept",
        /// Not take the volunteer, with a reason.
        Decline = "decline",
        /// Take one's offer back.
        Withdraw = "withdraw",
        /// Call off an accepted one.
        Cancel = "cancel",
        /// Note that the volunteer came.
        MarkAttended = "mark_attended",
        /// Note that the volunteer did not come.
        MarkAbsent = "mark_absent",
        /// Offer the place that came free.
        Offer = "offer",
        /// End an offer that was not taken in time.
        Expire = "expire",
        /// Take the offered place, where the mission accepts at once.
        TakeOffer = "take_offer",
        /// Take the offered place, where the organisation chooses.
        TakeOfferToChoose = "take_offer_to_choose",
        /// Go on in the list of a full slot: a guardian consented once it was full.
        Queue = "queue",
    }
}

use ApplicationAction as A;
use ApplicationStatus as S;

machine!(
    S,
    A,
    &[
        (S::Pending, A::Accept, S::Accepted, &[OrganisationAdmin, OrganisationHelper, System]),
        // System: what is pending when its mission is cancelled or closed, or when all its slots are over.
        (S::Pending, A::Decline, S::Declined, &[OrganisationAdmin, OrganisationHelper, System]),
        // Guardian: what they do not consent to, or no longer.
        (S::Pending, A::Withdraw, S::Withdrawn, &[Volunteer, Guardian]),
        (S::Pending, A::Queue, S::Waitlisted, &[System]),
        (S::Accepted, A::Withdraw, S::Withdrawn, &[Volunteer, Guardian]),
        // System: what is accepted when its mission is cancelled.
        (S::Accepted, A::Cancel, S::Cancelled, &[OrganisationAdmin, System]),
        // System: once nothing can be noted or validated any more.
        (S::Accepted, A::MarkAttended, S::Attended, &[OrganisationAdmin, OrganisationHelper, System]),
        (S::Accepted, A::MarkAbsent, S::Absent, &[OrganisationAdmin, OrganisationHelper, System]),
        (S::Waitlisted, A::Offer, S::Offered, &[System]),
        (S::Offered, A::TakeOffer, S::Accepted, &[Volunteer]),
        (S::Offered, A::TakeOfferToChoose, S::Pending, &[Volunteer]),
        (S::Offered, A::Expire, S::Expired, &[System]),
        (S::Offered, A::Withdraw, S::Withdrawn, &[Volunteer, Guardian]),
    ]
);

impl ApplicationStatus {
    /// Whether it is the volunteer's one live application to the mission; the organisation sees the contact details
    /// only while it is.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Pending | Self::Accepted | Self::Waitlisted | Self::Offered)
    }

    /// Whether the time of its slots is given, or was: it counts in the hours of their weeks.
    pub const fn gives_time(self) -> bool {
        matches!(self, Self::Accepted | Self::Offered | Self::Attended)
    }

    /// Whether it counts against the places of its slots.
    pub const fn holds_place(self) -> bool {
        matches!(self, Self::Accepted | Self::Offered)
    }

    /// Whether further slots that are free go into an application that stands so, as it has one state: whoever is accepted at
    /// once takes them, whoever waits for an answer waits for these too.
    pub const fn takes_in(self, at_once: bool) -> bool {
        match self {
            Self::Accepted => at_once,
            Self::Pending => !at_once,
            _ => false,
        }
    }
}
