//! Where a testimonial stands, and the organisation's answer to it.

use crate::access::{
    Role::{Coordinator, OrganisationAdmin, System, Volunteer},
    machine,
};

states! {
    /// Where the newest text of a testimonial stands. What is online is kept beside it: it stays while a newer text waits.
    pub enum TestimonialStatus {
        /// Being written.
        Draft = "draft",
        /// Waits for the town's coordinators.
        Waiting = "waiting",
        /// Online.
        Published = "published",
        /// Not put online, with a reason.
        Refused = "refused",
        /// Was online, until the town took it down with a reason.
        TakenDown = "taken_down",
        /// Taken back by whoever wrote it: nothing of it is left.
        Withdrawn = "withdrawn",
    }
}

states! {
    /// What can be done to a testimonial.
    pub enum TestimonialAction {
        /// Keep the text without sending it.
        Save = "save",
        /// Send the text to the town.
        Send = "send",
        /// Put the text that waits online, in the place of the one before.
        Publish = "publish",
        /// Send the text that waits back, with a reason.
        Refuse = "refuse",
        /// Take what is online down, with a reason; a newer text that waits goes on waiting.
        TakeDown = "take_down",
        /// Take everything back.
        Withdraw = "withdraw",
    }
}

use TestimonialAction as A;
use TestimonialStatus as S;

machine!(
    S,
    A,
    &[
        (S::Draft, A::Save, S::Draft, &[Volunteer]),
        (S::Draft, A::Send, S::Waiting, &[Volunteer]),
        (S::Draft, A::TakeDown, S::Draft, &[Coordinator]),
        // System: the account is closed.
        (S::Draft, A::Withdraw, S::Withdrawn, &[Volunteer, System]),
        (S::Waiting, A::Send, S::Waiting, &[Volunteer]),
        (S::Waiting, A::Publish, S::Published, &[Coordinator]),
        (S::Waiting, A::Refuse, S::Refused, &[Coordinator]),
        (S::Waiting, A::TakeDown, S::Waiting, &[Coordinator]),
        (S::Waiting, A::Withdraw, S::Withdrawn, &[Volunteer, System]),
        (S::Published, A::Save, S::Draft, &[Volunteer]),
        (S::Published, A::Send, S::Waiting, &[Volunteer]),
        (S::Published, A::TakeDown, S::TakenDown, &[Coordinator]),
        (S::Published, A::Withdraw, S::Withdrawn, &[Volunteer, System]),
        (S::Refused, A::Save, S::Draft, &[Volunteer]),
        (S::Refused, A::Send, S::Waiting, &[Volunteer]),
        (S::Refused, A::TakeDown, S::Refused, &[Coordinator]),
        (S::Refused, A::Withdraw, S::Withdrawn, &[Volunteer, System]),
        (S::TakenDown, A::Save, S::Draft, &[Volunteer]),
        (S::TakenDown, A::Send, S::Waiting, &[Volunteer]),
        (S::TakenDown, A::Withdraw, S::Withdrawn, &[Volunteer, System]),
        (S::Withdrawn, A::Save, S::Draft, &[Volunteer]),
        (S::Withdrawn, A::Send, S::Waiting, &[Volunteer]),
    ]
);

states! {
    /// Where the answer of an organisation stands.
    pub enum ReplyStatus {
        /// Waits for the town's coordinators.
        Waiting = "waiting",
        /// Online, under the testimonial.
        Published = "published",
        /// Not put online, with a reason; it may be written anew.
        Refused = "refused",
    }
}

states! {
    /// What can be done to it.
    pub enum ReplyAction {
        /// Write it anew.
        Send = "send",
        /// Put it online: from there on it stays as it is.
        Publish = "publish",
        /// Send it back, with a reason.
        Refuse = "refuse",
    }
}

machine!(
    ReplyStatus,
    ReplyAction,
    &[
        (ReplyStatus::Waiting, ReplyAction::Publish, ReplyStatus::Published, &[Coordinator]),
        (ReplyStatus::Waiting, ReplyAction::Refuse, ReplyStatus::Refused, &[Coordinator]),
        (ReplyStatus::Refused, ReplyAction::Send, ReplyStatus::Waiting, &[OrganisationAdmin]),
    ]
);
