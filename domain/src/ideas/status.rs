//! Where an idea stands.

use crate::access::{
    Role::{Coordinator, System, Visitor},
    machine,
};

states! {
    /// Where an idea stands.
    pub enum IdeaStatus {
        /// Waits for a word of the town's service.
        New = "new",
        /// The service has answered; it is the association's turn.
        Answered = "answered",
        /// A draft of a mission was made of it.
        TurnedIntoMission = "turned_into_mission",
        /// Ended without a mission.
        Closed = "closed",
    }
}

states! {
    /// What can be done with an idea.
    pub enum IdeaAction {
        /// Answer, as the town's service.
        Answer = "answer",
        /// Write again, as who holds the personal link.
        Reply = "reply",
        /// Make a draft of a mission of it.
        Turn = "turn",
        /// End the exchange.
        Close = "close",
    }
}

use IdeaAction as A;
use IdeaStatus as S;

machine!(
    S,
    A,
    &[
        (S::New, A::Answer, S::Answered, &[Coordinator]),
        (S::Answered, A::Answer, S::Answered, &[Coordinator]),
        (S::TurnedIntoMission, A::Answer, S::TurnedIntoMission, &[Coordinator]),
        (S::New, A::Reply, S::New, &[Visitor]),
        (S::Answered, A::Reply, S::New, &[Visitor]),
        (S::TurnedIntoMission, A::Reply, S::TurnedIntoMission, &[Visitor]),
        (S::New, A::Turn, S::TurnedIntoMission, &[Coordinator]),
        (S::Answered, A::Turn, S::TurnedIntoMission, &[Coordinator]),
        (S::New, A::Close, S::Closed, &[Coordinator, System]),
        (S::Answered, A::Close, S::Closed, &[Coordinator, System]),
    ]
);

impl IdeaStatus {
    /// Whether it is over: from then on it is counted how long personal data are kept.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::TurnedIntoMission | Self::Closed)
    }
}
