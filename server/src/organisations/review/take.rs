use domain::{
    actor::Actor,
    error::Conflict,
    ids::{AccountId, OrganisationId, OrganisationReviewId},
    reviews::{ReviewAction, ReviewStatus},
};

use super::case::{Case, hand_to};
use crate::{
    backend::Backend,
    error::{Result, told},
    mail::{Mail, MailKind},
    network::queries::by_id,
    reviews::queries::names,
    store::Work,
};

/// Takes a waiting submission, or takes over that of whom the page names; nothing happens to one that is taken already.
///
/// # Errors
/// `TakenByAnother` when somebody has it whom the page did not name.
pub async fn take(
    backend: &Backend,
    actor: &Actor,
    id: OrganisationReviewId,
    seen: Option<AccountId>,
) -> Result<OrganisationId> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    if !case.is_mine() {
        let has_it = case.review.taken_by.filter(|_| case.status() == ReviewStatus::InReview);
        if has_it.is_some() && has_it != seen.map(|account| account.0) {
            return Err(told(Conflict::TakenByAnother));
        }
        take_in(&work, &case).await?;
    }
    work.commit().await?;
    Ok(case.organisation_id())
}

/// Gives a submission to the one who acts; whoever had it is told.
pub(super) async fn take_in(work: &Work, case: &Case) -> Result<()> {
    let action = if case.status() == ReviewStatus::InReview { ReviewAction::TakeOver } else { ReviewAction::Take };
    case.step(work, action, |update| hand_to(update, Some(case.me.0), work.now)).await?;
    let Some(before) = case.review.taken_by else { return Ok(()) };
    let author = names(&work.tx, vec![case.me.0]).await?.remove(&case.me.0).unwrap_or_default();
    let town = by_id(&work.tx, case.municipality()).await?;
    let facts = [("author", author.as_str()), ("mission", case.organisation.name.as_str()), ("word", "")];
    let path = app::routes::coordination_organisation(&town.insee, case.organisation_id());
    let mail = Mail { kind: MailKind::ReviewTakenOver, facts: &facts, path: &path };
    work.mail_account(AccountId(before), mail).await
}

/// Gives it back to the queue.
pub async fn release(backend: &Backend, actor: &Actor, id: OrganisationReviewId) -> Result<OrganisationId> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    if case.status() == ReviewStatus::InReview && !case.is_mine() {
        return Err(told(Conflict::TakenByAnother));
    }
    case.step(&work, ReviewAction::Release, |update| hand_to(update, None, work.now)).await?;
    work.commit().await?;
    Ok(case.organisation_id())
}
