//! Where a review stands.

use crate::access::{
    Role::{Coordinator, System},
    machine,
};

states! {
    /// Where the file on one version of a mission stands.
    pub enum ReviewStatus {
        /// In the queue, nobody's.
        Waiting = "waiting",
        /// In one coordinator's hands.
        InReview = "in_review",
        /// Ended with the green light.
        GreenLight = "green_light",
        /// Ended with changes asked; a new submission opens a new review.
        ChangesRequested = "changes_requested",
        /// Ended with a refusal, or because the mission was given up.
        Refused = "refused",
    }
}

states! {
    /// What can be done in a review.
    pub enum ReviewAction {
        /// Take a waiting one.
        Take = "take",
        /// Take another coordinator's.
        TakeOver = "take_over",
        /// Give it to a colleague.
        HandOver = "hand_over",
        /// Give it back to the queue.
        Release = "release",
        /// Decide that the content, as it was read, goes public.
        GiveGreenLight = "give_green_light",
        /// Ask for changes.
        RequestChanges = "request_changes",
        /// Refuse with a reason.
        Refuse = "refuse",
        /// Follows from the cancellation of the mission: there is nothing left to decide.
        Drop = "drop",
    }
}

use ReviewAction as A;
use ReviewStatus as S;

machine!(
    S,
    A,
    &[
        (S::Waiting, A::Take, S::InReview, &[Coordinator]),
        (S::InReview, A::TakeOver, S::InReview, &[Coordinator]),
        (S::InReview, A::HandOver, S::InReview, &[Coordinator]),
        (S::InReview, A::Release, S::Waiting, &[Coordinator]),
        (S::InReview, A::GiveGreenLight, S::GreenLight, &[Coordinator]),
        (S::InReview, A::RequestChanges, S::ChangesRequested, &[Coordinator]),
        (S::InReview, A::Refuse, S::Refused, &[Coordinator]),
        (S::Waiting, A::Drop, S::Refused, &[System]),
        (S::InReview, A::Drop, S::Refused, &[System]),
    ]
);

impl ReviewStatus {
    /// Whether it still waits for a decision: it counts in the queue and may be overdue.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::InReview)
    }
}
