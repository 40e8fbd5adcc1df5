use domain::{
    actor::Actor,
    error::Conflict,
    ids::ReviewId,
    reviews::{ReviewAction, ReviewStatus},
};

use super::case::{Case, hand_to};
use crate::{
    backend::Backend,
    error::{Result, told},
    store::Work,
};

/// Takes a waiting review, or takes over another's; nothing happens to one that is taken already.
pub async fn take(backend: &Backend, actor: &Actor, id: ReviewId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    if !case.is_mine() {
        take_in(&work, &case).await?;
    }
    work.commit().await
}

/// Gives a review to the one who acts.
pub(super) async fn take_in(work: &Work, case: &Case) -> Result<()> {
    let action = if case.status() == ReviewStatus::InReview { ReviewAction::TakeOver } else { ReviewAction::Take };
    case.step(work, action, None, |update| hand_to(update, Some(case.me.0), work.now)).await?;
    Ok(())
}

/// Gives it back to the queue.
pub async fn release(backend: &Backend, actor: &Actor, id: ReviewId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    if case.status() == ReviewStatus::InReview && !case.is_mine() {
        return Err(told(Conflict::TakenByAnother));
    }
    case.step(&work, ReviewAction::Release, None, |update| hand_to(update, None, work.now)).await?;
    work.commit().await
}
