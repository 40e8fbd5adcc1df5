//! Four eyes: nobody reviews what they wrote or administer.

use thiserror::Error;
use uuid::Uuid;

/// How a review passes the rule of four eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FourEyes {
    /// The reviewer has no part in it.
    Clean,
    /// The reviewer has a part in it and the town's settings allow it: the history must say so.
    ByException,
}

/// The reviewer has a part in what is reviewed, and the town does not allow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
#[error("four eyes")]
pub struct Refused;

/// Whether this reviewer may decide on what that author wrote.
///
/// `reviewer_administers_organisation` is true when the reviewer is an admin of the organisation that proposes it, or
/// of the one that is reviewed; `self_review_allowed` is the town's setting for a service of one person.
///
/// # Errors
/// `Refused` when the reviewer wrote or administers it and the town does not allow that.
pub fn four_eyes(
    reviewer: Uuid,
    author: Uuid,
    reviewer_administers_organisation: bool,
    self_review_allowed: bool,
) -> Result<FourEyes, Refused> {
    if reviewer != author && !reviewer_administers_organisation {
        Ok(FourEyes::Clean)
    } else if self_review_allowed {
        Ok(FourEyes::ByException)
    } else {
        Err(Refused)
    }
}

/// The same for an admin of the network whom the town asked: no setting of the town lets them decide on what is theirs.
///
/// # Errors
/// `Refused` when the reviewer wrote or administers it.
pub fn four_eyes_of_network(
    reviewer: Uuid,
    author: Uuid,
    reviewer_administers_organisation: bool,
) -> Result<FourEyes, Refused> {
    four_eyes(reviewer, author, reviewer_administers_organisation, false)
}

/// Whether a coordinator may ask the network to decide in the town's place: they may not, nor may any other coordinator
/// of the town.
pub fn may_ask_network(
    asking: Result<FourEyes, Refused>,
    mut others: impl Iterator<Item = Result<FourEyes, Refused>>,
) -> bool {
    asking.is_err() && others.all(|other| other.is_err())
}
