//! Who may do what: the roles, and how a table of transitions answers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

states! {
    /// In which quality somebody acts. One account may hold several; an act is done in one.
    pub enum Role {
        /// Not signed in, or signed in without any role that counts here.
        Visitor = "visitor",
        /// A person of 16 or more who offers help, for what is their own.
        Volunteer = "volunteer",
        /// A parent or guardian of a volunteer under 18, by the secret link of an application.
        Guardian = "guardian",
        /// An admin of the organisation that owns the thing.
        OrganisationAdmin = "organisation_admin",
        /// Somebody of that organisation who answers applicants, writes with them and notes who came, and nothing else.
        OrganisationHelper = "organisation_helper",
        /// A coordinator of the municipality of the thing.
        Coordinator = "coordinator",
        /// Runs the installation; reads reviews, does not decide in them.
        NetworkAdmin = "network_admin",
        /// The product itself: jobs, and what follows from somebody's act.
        System = "system",
    }
}

/// Why a transition does not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Nobody can do this in the present state.
    #[error("not in this state")]
    NotFromHere,
    /// The state allows it, the role does not.
    #[error("not by this role")]
    NotByYou,
}

/// One row of a state machine: from, action, to, and the roles that may. At most one row per pair of from and action.
pub type Transition<S, A> = (S, A, S, &'static [Role]);

/// Applies an action by the table.
///
/// # Errors
/// `NotFromHere` when the table has no such row, `NotByYou` when its row is for others.
pub(crate) fn step<S, A>(table: &[Transition<S, A>], from: S, action: A, role: Role) -> Result<S, Refusal>
where
    S: Copy + PartialEq,
    A: Copy + PartialEq,
{
    let row = table.iter().find(|row| row.0 == from && row.1 == action).ok_or(Refusal::NotFromHere)?;
    if row.3.contains(&role) { Ok(row.2) } else { Err(Refusal::NotByYou) }
}

/// The actions that the table leaves to a role in a state, in the order of the table.
pub(crate) fn open_to<S, A>(table: &'static [Transition<S, A>], from: S, role: Role) -> impl Iterator<Item = A>
where
    S: Copy + PartialEq + 'static,
    A: Copy + 'static,
{
    table.iter().filter(move |row| row.0 == from && row.3.contains(&role)).map(|row| row.1)
}

/// Gives a status its `TABLE`'s `apply` and `actions`.
macro_rules! machine {
    ($status:ty, $action:ty, $table:expr) => {
        impl $status {
            /// The whole state machine; what is not in it is refused.
            pub const TRANSITIONS: &'static [$crate::access::Transition<$status, $action>] = $table;

            /// The state after an action by somebody in this role.
            ///
            /// # Errors
            /// `NotFromHere` when this state does not know the action, `NotByYou` when it is for others.
            pub fn apply(self, action: $action, role: $crate::access::Role) -> Result<Self, $crate::access::Refusal> {
                $crate::access::step(Self::TRANSITIONS, self, action, role)
            }

            /// What somebody in this role may do now: the buttons to show.
            pub fn actions(self, role: $crate::access::Role) -> impl Iterator<Item = $action> {
                $crate::access::open_to(Self::TRANSITIONS, self, role)
            }
        }
    };
}

pub(crate) use machine;
