//! Where a letter stands, and each of its readers.

use chrono::TimeDelta;

use crate::access::{Role::Coordinator, machine};

states! {
    /// Where a letter to associations stands.
    pub enum LetterStatus {
        /// Being written.
        Draft = "draft",
        /// On its way to everybody who was in the directory.
        Sent = "sent",
        /// Sent, and once more to those who did not come; the end.
        Reminded = "reminded",
    }
}

states! {
    /// What can be done to a letter.
    pub enum LetterAction {
        /// Send it to the directory.
        Send = "send",
        /// Write once more to those who did not come.
        Remind = "remind",
    }
}

use LetterAction as A;
use LetterStatus as S;

machine!(S, A, &[(S::Draft, A::Send, S::Sent, &[Coordinator]), (S::Sent, A::Remind, S::Reminded, &[Coordinator])]);

/// Whoever was written to has so long to answer before a reminder.
pub const REMIND_AFTER: TimeDelta = TimeDelta::days(3);

states! {
    /// What became of a letter at one association: the furthest that is known.
    pub enum RecipientState {
        /// Its organisation is on the platform.
        Joined = "joined",
        /// It asked not to be written to again.
        Stopped = "stopped",
        /// The e-mail could not be delivered.
        Bounced = "bounced",
        /// Its link was followed.
        Opened = "opened",
        /// The e-mail left, or waits to leave.
        Sent = "sent",
    }
}
