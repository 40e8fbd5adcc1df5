use domain::{
    access::Role,
    actor::Actor,
    error::Conflict,
    ids::{AccountId, MunicipalityId, OrganisationId, OrganisationReviewId},
    reviews::{ReviewAction, ReviewStatus},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::case::{Case, hand_to};
use crate::{
    backend::Backend,
    entity::organisation_review as file,
    error::{Result, Told, told},
    mail::{Mail, MailKind},
    network::queries::by_id,
    reviews::queries::names,
    store::{Step, Work},
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

/// Gives every submission that somebody has in a town back to the queue: they no longer coordinate it.
///
/// # Errors
/// When the database refuses.
pub async fn give_back_all(work: &Work, town: MunicipalityId, who: AccountId) -> Result<()> {
    let from = ReviewStatus::InReview;
    let to = from.apply(ReviewAction::Release, Role::Coordinator).told()?;
    let theirs = file::Entity::find()
        .filter(file::Column::MunicipalityId.eq(town.0))
        .filter(file::Column::Status.eq(from.as_str()))
        .filter(file::Column::TakenBy.eq(who.0))
        .order_by_asc(file::Column::Id)
        .all(&work.tx)
        .await?;
    for row in theirs {
        let update = file::Entity::update_many()
            .col_expr(file::Column::Status, Expr::value(to.as_str()))
            .filter(file::Column::Id.eq(row.id))
            .filter(file::Column::Status.eq(from.as_str()))
            .filter(file::Column::TakenBy.eq(who.0));
        if hand_to(update, None, work.now).exec(&work.tx).await?.rows_affected == 1 {
            let (from, to) = (Some(from.as_str()), to.as_str());
            let (subject, municipality) = ("organisation_review", Some(town));
            work.record(Step { subject, id: row.id, municipality, from, to, reason: None }).await?;
        }
    }
    Ok(())
}
