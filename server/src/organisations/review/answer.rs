use domain::{
    actor::Actor,
    ids::{OrganisationId, OrganisationReviewId},
    reviews::{ChecklistAnswer, Decision},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{case::Case, checklist};
use crate::{
    backend::Backend, entity::organisation_answer, error::Result, organisations::decide::decide, reviews::answer::read,
    store::Work,
};

/// Keeps answers of the checklist; whoever answers a waiting submission takes it. With `approve`, the approval follows;
/// when it is refused, the answers are kept all the same.
pub async fn answer(
    backend: &Backend,
    actor: &Actor,
    id: OrganisationReviewId,
    answers: Vec<ChecklistAnswer>,
    approve: bool,
) -> Result<OrganisationId> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::mine(&work, id).await?;
    let items = checklist::items(&work.tx).await?;
    let known: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
    for (code, answer, note) in read(answers, &known)? {
        keep(&work, &case, code, answer, note).await?;
    }
    work.commit().await?;
    let organisation = case.organisation_id();
    if approve {
        decide(backend, actor, organisation, Decision::Approve, "").await?;
    }
    Ok(organisation)
}

async fn keep(work: &Work, case: &Case, code: String, answer: String, note: String) -> Result<()> {
    use organisation_answer::Column;
    let row = organisation_answer::ActiveModel {
        review_id: Set(case.review.id),
        item_code: Set(code),
        answer: Set(answer),
        note: Set(note),
        answered_by: Set(case.me.0),
        answered_at: Set(work.now),
    };
    let again = OnConflict::columns([Column::ReviewId, Column::ItemCode])
        .update_columns([Column::Answer, Column::Note, Column::AnsweredBy, Column::AnsweredAt])
        .to_owned();
    organisation_answer::Entity::insert(row).on_conflict(again).exec_without_returning(&work.tx).await?;
    Ok(())
}
