use domain::{
    actor::Actor,
    ids::{MunicipalityId, OrganisationId, OrganisationReviewId},
    reviews::{ChecklistAnswer, Decision},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use super::{case::Case, checklist};
use crate::{
    backend::Backend,
    entity::organisation_answer,
    error::Result,
    organisations::decide::decide,
    reviews::answer::{Sorted, read, step},
    store::Work,
};

/// Keeps answers of the checklist; whoever answers a waiting submission takes it. Tells how many were somebody else's meanwhile,
/// which stay. With `approve`, the approval follows, unless there are some; when it is refused, the answers are kept all the same.
pub async fn answer(
    backend: &Backend,
    actor: &Actor,
    id: OrganisationReviewId,
    answers: Vec<ChecklistAnswer>,
    approve: bool,
) -> Result<(OrganisationId, u32)> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::mine(&work, id).await?;
    let items = checklist::items(&work.tx).await?;
    let known: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
    let kept = organisation_answer::Entity::find().filter(organisation_answer::Column::ReviewId.eq(case.review.id));
    let kept = kept.all(&work.tx).await?.into_iter();
    let kept = kept.map(|row| (row.item_code, ((row.answer, row.note), row.answered_by == case.me.0))).collect();
    let sorted = Sorted::of(read(answers, &known)?, &kept);
    for (code, (answer, note)) in &sorted.written {
        keep(&work, &case, code.clone(), answer.clone(), note.clone()).await?;
    }
    let organisation = case.organisation_id();
    if !sorted.written.is_empty() {
        let town = MunicipalityId(case.organisation.municipality_id);
        let labels: Vec<(&str, &str)> = items.iter().map(|item| (item.code.as_str(), item.label_fr.as_str())).collect();
        let told = sorted.told(&labels);
        work.record(step(("organisation", organisation.0), town, &told)).await?;
    }
    work.commit().await?;
    if approve && sorted.theirs == 0 {
        decide(backend, actor, organisation, Decision::Approve, "").await?;
    }
    Ok((organisation, sorted.theirs))
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
