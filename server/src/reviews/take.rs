//! Whose a review is: taken, handed over, given back.

use app::i18n::{Texts, k::reviews as r};
use domain::{
    access::Role,
    actor::{Actor, Grant, Locale},
    error::{AppError, Conflict, Problem},
    ids::{AccountId, MunicipalityId, ReviewId},
    reviews::{ReviewAction, ReviewStatus},
    text,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{
    case::{Case, hand_to},
    queries::names,
};
use crate::{
    accounts::queries::{full_name, holders},
    backend::Backend,
    entity::review,
    error::{Result, Told, told},
    mail::{Mail, MailKind},
    missions::queries,
    network::queries as towns,
    store::{Step, Work},
};

/// Characters of the longest word to a colleague.
const LONGEST_WORD: u32 = 500;

/// Takes a waiting review, or takes over that of whom the page names; nothing happens to one that is taken already.
///
/// # Errors
/// `TakenByAnother` when somebody has it whom the page did not name.
pub async fn take(backend: &Backend, actor: &Actor, id: ReviewId, seen: Option<AccountId>) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    if !case.is_mine() {
        // Whoever was faster does not lose it to a page that is out of date. One that was given back loses nobody anything.
        let has_it = case.review.taken_by.filter(|_| case.status() == ReviewStatus::InReview);
        if has_it.is_some() && has_it != seen.map(|account| account.0) {
            return Err(told(Conflict::TakenByAnother));
        }
        take_in(&work, &case).await?;
    }
    work.commit().await
}

/// Gives a review to the one who acts; whoever had it is told.
pub(super) async fn take_in(work: &Work, case: &Case) -> Result<()> {
    let action = if case.status() == ReviewStatus::InReview { ReviewAction::TakeOver } else { ReviewAction::Take };
    case.step(work, action, None, |update| hand_to(update, Some(case.me.0), work.now)).await?;
    match case.review.taken_by {
        Some(before) if action == ReviewAction::TakeOver => {
            tell(work, case, AccountId(before), MailKind::ReviewTakenOver, "").await
        }
        _ => Ok(()),
    }
}

/// Gives a review that one has to a colleague, who is told.
pub async fn hand_over(backend: &Backend, actor: &Actor, id: ReviewId, to: AccountId, word: String) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    match case.status() {
        ReviewStatus::InReview if case.is_mine() => {}
        ReviewStatus::InReview => return Err(told(Conflict::TakenByAnother)),
        ReviewStatus::Waiting => return Err(told(Conflict::TakeItFirst)),
        _ => return Err(told(Conflict::NotInThisState)),
    }
    let word = text::paragraphs(&word, 0, LONGEST_WORD).map_err(|problem| told(AppError::field("word", problem)))?;
    let colleagues = holders(&work.tx, Grant::Coordinator(case.municipality())).await?;
    let colleague = colleagues.iter().find(|person| person.id == to.0 && to != case.me);
    let colleague = colleague.ok_or_else(|| told(AppError::field("to", Problem::NotAChoice)))?;
    let whom = Texts(Locale::Fr).with(r::HANDED_TO, &[("name", &full_name(colleague))]);
    let said = [whom.as_str(), word.as_str()].join("\n\n");
    case.step(&work, ReviewAction::HandOver, Some(said.trim()), |update| hand_to(update, Some(to.0), work.now)).await?;
    tell(&work, &case, to, MailKind::ReviewHandedOver, &word).await?;
    work.commit().await
}

/// Writes to a coordinator what happened to a review of theirs.
async fn tell(work: &Work, case: &Case, to: AccountId, kind: MailKind, word: &str) -> Result<()> {
    let author = names(&work.tx, vec![case.me.0]).await?.remove(&case.me.0).unwrap_or_default();
    let version = queries::version(&work.tx, case.review.mission_version_id).await?;
    let title = queries::content(&version)?.title;
    let town = towns::by_id(&work.tx, case.municipality()).await?;
    let facts = [("author", author.as_str()), ("mission", title.as_str()), ("word", word)];
    let path = app::routes::review(&town.insee, case.review.id.into());
    work.mail_account(to, Mail { kind, facts: &facts, path: &path }).await
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

/// Gives every review that somebody has in a town back to the queue: they no longer coordinate it.
///
/// # Errors
/// When the database refuses.
pub async fn give_back_all(work: &Work, town: MunicipalityId, who: AccountId) -> Result<()> {
    let from = ReviewStatus::InReview;
    let to = from.apply(ReviewAction::Release, Role::Coordinator).told()?;
    let theirs = review::Entity::find()
        .filter(review::Column::MunicipalityId.eq(town.0))
        .filter(review::Column::Status.eq(from.as_str()))
        .filter(review::Column::TakenBy.eq(who.0))
        .order_by_asc(review::Column::Id)
        .all(&work.tx)
        .await?;
    for row in theirs {
        let update = review::Entity::update_many()
            .col_expr(review::Column::Status, Expr::value(to.as_str()))
            .filter(review::Column::Id.eq(row.id))
            .filter(review::Column::Status.eq(from.as_str()))
            .filter(review::Column::TakenBy.eq(who.0));
        if hand_to(update, None, work.now).exec(&work.tx).await?.rows_affected == 1 {
            let (from, to) = (Some(from.as_str()), to.as_str());
            let (subject, municipality) = ("review", Some(town));
            work.record(Step { subject, id: row.id, municipality, from, to, reason: None }).await?;
        }
    }
    Ok(())
}
