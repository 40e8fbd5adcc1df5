//! What a coordinator asks to change, item by item, and what the organisation answers.

use std::collections::BTreeMap;

use domain::{
    actor::{Actor, Locale},
    error::Conflict,
    ids::{OrganisationId, OrganisationReviewId, RequestId},
    organisations::OrganisationStatus,
    reviews::{Decision, RequestLine, ReviewStatus},
    team::Duty,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use super::{case::Case, checklist, queries::all_of};
use crate::{
    backend::Backend,
    entity::{organisation_item, organisation_request, organisation_review},
    error::{Result, Told, told},
    organisations::{decide::decide_in, queries},
    reviews::{
        decide::word,
        requests::{Point, parse, read_answers, told_whole},
    },
    store::Work,
};

/// Asks for changes, item by item, with a word besides or with a word alone.
pub async fn request(
    backend: &Backend,
    actor: &Actor,
    id: OrganisationReviewId,
    requests: BTreeMap<String, String>,
    reason: String,
) -> Result<OrganisationId> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    let items = checklist::items(&work.tx).await?;
    let points: Vec<Point<'_>> = items.iter().map(|item| Point { code: &item.code, label: &item.label_fr }).collect();
    let asked = parse(requests, &points).told()?;
    for (position, (item, body)) in asked.iter().enumerate() {
        organisation_request::ActiveModel {
            id: Set(Uuid::now_v7()),
            review_id: Set(id.0),
            item_code: Set(item.code.to_owned()),
            position: Set(i32::try_from(position)?),
            body: Set(body.clone()),
            answer: Set(String::new()),
            answered_by: Set(None),
            answered_at: Set(None),
        }
        .insert(&work.tx)
        .await?;
    }
    let reason = told_whole(&asked, &word(&reason)?);
    let organisation = case.organisation_id();
    decide_in(&work, case.organisation, Decision::RequestChanges, &reason).await?;
    work.commit().await?;
    Ok(organisation)
}

/// The last submission of an organisation before another, or at all, if it ended with changes asked.
async fn sent_back(
    db: &impl ConnectionTrait,
    organisation: Uuid,
    before: Option<&organisation_review::Model>,
) -> Result<Option<organisation_review::Model>> {
    let all = all_of(db, organisation).await?;
    let last = all.into_iter().find(|row| before.is_none_or(|later| row.created_at < later.created_at));
    Ok(last.filter(|row| row.status == ReviewStatus::ChangesRequested.as_str()))
}

async fn of(db: &impl ConnectionTrait, review: Uuid) -> Result<Vec<organisation_request::Model>> {
    Ok(organisation_request::Entity::find()
        .filter(organisation_request::Column::ReviewId.eq(review))
        .order_by_asc(organisation_request::Column::Position)
        .all(db)
        .await?)
}

/// The points that were asked to change in the submission before another, or in the last one.
///
/// # Errors
/// When the database cannot be reached.
pub async fn lines(
    db: &impl ConnectionTrait,
    locale: Locale,
    organisation: Uuid,
    before: Option<&organisation_review::Model>,
) -> Result<Vec<RequestLine>> {
    let Some(review) = sent_back(db, organisation, before).await? else { return Ok(Vec::new()) };
    let rows = of(db, review.id).await?;
    let codes = rows.iter().map(|row| row.item_code.clone());
    let items = organisation_item::Entity::find().filter(organisation_item::Column::Code.is_in(codes)).all(db).await?;
    let label = |code: &str| items.iter().find(|item| item.code == code);
    Ok(rows
        .into_iter()
        .map(|row| RequestLine {
            id: RequestId(row.id),
            item: label(&row.item_code)
                .map(|item| locale.pick(&item.label_fr, &item.label_en).to_owned())
                .unwrap_or_default(),
            body: row.body,
            answer: row.answer,
        })
        .collect())
}

/// Keeps an organisation's answers to what it was asked, until it is sent again.
pub async fn answer(
    backend: &Backend,
    actor: &Actor,
    id: OrganisationId,
    answers: BTreeMap<String, String>,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let me = work.actor.require_organisation(id, Duty::Organisation).map_err(told)?;
    let row = queries::locked(&work.tx, id).await?;
    if queries::status(&row) != OrganisationStatus::ChangesRequested {
        return Err(told(Conflict::NotInThisState));
    }
    let review = sent_back(&work.tx, id.0, None).await?.ok_or_else(|| told(Conflict::NotInThisState))?;
    let asked = of(&work.tx, review.id).await?;
    let ids: Vec<Uuid> = asked.iter().map(|row| row.id).collect();
    for (id, answer) in read_answers(&ids, answers)? {
        let Some(row) = asked.iter().find(|row| row.id == id && row.answer != answer) else { continue };
        let mut row = row.clone().into_active_model();
        row.answer = Set(answer);
        row.answered_by = Set(Some(me.0));
        row.answered_at = Set(Some(work.now));
        row.update(&work.tx).await?;
    }
    work.commit().await
}
