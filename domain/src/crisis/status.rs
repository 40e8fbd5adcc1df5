//! Where measures stand.

use crate::access::{
    Role::{Coordinator, NetworkAdmin, System},
    machine,
};

states! {
    /// Where crisis measures stand.
    pub enum MeasuresStatus {
        /// Being written; changes nothing.
        Draft = "draft",
        /// Switched on ahead: they begin by themselves on their first day.
        Scheduled = "scheduled",
        /// They hold.
        InForce = "in_force",
        /// Taken back before their last day; the end.
        Lifted = "lifted",
        /// Over by themselves, after their last day; the end.
        Ended = "ended",
    }
}

states! {
    /// What can be done to crisis measures.
    pub enum MeasuresAction {
        /// Switch them on before their first day.
        Schedule = "schedule",
        /// Switch them on, on their first day or later.
        SwitchOn = "switch_on",
        /// The first day has come.
        Begin = "begin",
        /// Take back what was switched on ahead, before it began.
        CallOff = "call_off",
        /// Change the words or the last day of what holds.
        Amend = "amend",
        /// Take them back, and give back what they suspended.
        Lift = "lift",
        /// The last day is over.
        End = "end",
    }
}

use MeasuresAction as A;
use MeasuresStatus as S;

// A town's are its coordinators', the network's are its admins': `Scope::writer` says in which role one acts.
machine!(
    S,
    A,
    &[
        (S::Draft, A::Schedule, S::Scheduled, &[Coordinator, NetworkAdmin]),
        (S::Draft, A::SwitchOn, S::InForce, &[Coordinator, NetworkAdmin]),
        (S::Scheduled, A::Begin, S::InForce, &[System]),
        (S::Scheduled, A::CallOff, S::Draft, &[Coordinator, NetworkAdmin]),
        // The server was not there from their first day to their last.
        (S::Scheduled, A::End, S::Ended, &[System]),
        (S::InForce, A::Amend, S::InForce, &[Coordinator, NetworkAdmin]),
        (S::InForce, A::Lift, S::Lifted, &[Coordinator, NetworkAdmin]),
        (S::InForce, A::End, S::Ended, &[System]),
    ]
);

impl MeasuresStatus {
    /// Whether somebody decided that they hold on their days.
    pub const fn is_on(self) -> bool {
        matches!(self, Self::Scheduled | Self::InForce)
    }
}
