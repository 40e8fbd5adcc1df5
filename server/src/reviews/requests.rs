//! What a coordinator asks to change, item by item, and what the organisation answers.

use std::collections::BTreeMap;

use app::i18n::{Texts, k::reviews as r};
use domain::{
    actor::{Actor, Locale},
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::{MissionId, RequestId, ReviewId},
    reviews::{Decision, RequestLine, ReviewStatus, Round},
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use super::{case::Case, checklist, decide, findings};
use crate::{
    backend::Backend,
    crisis::queries as crisis,
    entity::{checklist_item, review, review_request},
    error::{Result, Told, told},
    missions::{queries, versions},
    store::Work,
};

/// Characters of the longest request, and of the longest answer.
const LONGEST: u32 = 1000;

/// Asks for changes, item by item, with a word besides or with a word alone.
pub async fn request(
    backend: &Backend,
    actor: &Actor,
    id: ReviewId,
    requests: BTreeMap<String, String>,
    reason: String,
) -> Result<()> {
    let findings = findings::to_keep(backend, actor, id).await?;
    let work = Work::begin(backend, actor).await?;
    let case = Case { findings, ..Case::hold(&work, id).await? };
    let version = queries::version(&work.tx, case.review.mission_version_id).await?;
    let content = queries::content(&version)?;
    let measures = crisis::of_town(&work.tx, case.municipality(), work.now).await?;
    let asked = checklist::Asked { domain: content.domain.as_deref(), crisis: measures.hold(work.now) };
    let items = checklist::items(&work.tx, asked).await?;
    let points: Vec<Point<'_>> = items.iter().map(|item| Point { code: &item.code, label: &item.label_fr }).collect();
    let asked = parse(requests, &points).told()?;
    for (position, (item, body)) in asked.iter().enumerate() {
        review_request::ActiveModel {
            id: Set(Uuid::now_v7()),
            review_id: Set(id.0),
            item_code: Set(Some(item.code.to_owned())),
            position: Set(i32::try_from(position)?),
            body: Set(body.clone()),
            answer: Set(String::new()),
            answered_by: Set(None),
            answered_at: Set(None),
        }
        .insert(&work.tx)
        .await?;
    }
    let reason = told_whole(&asked, &decide::word(&reason)?);
    decide::decide_in(&work, case, Decision::RequestChanges, &reason).await?;
    work.commit().await
}

/// An item of a checklist that something can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its question, in French.
    pub label: &'a str,
}

/// The requests that say something, in the order of the checklist; each of an item of it.
///
/// # Errors
/// What is wrong with each, and a request about no item.
pub fn parse<'a>(
    mut requests: BTreeMap<String, String>,
    items: &[Point<'a>],
) -> std::result::Result<Vec<(Point<'a>, String)>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut asked = Vec::new();
    for item in items {
        let Some(body) = requests.remove(item.code) else { continue };
        let body = errors.take(&format!("requests.{}", item.code), text::paragraphs(&body, 0, LONGEST));
        asked.extend(body.filter(|body| !body.is_empty()).map(|body| (*item, body)));
    }
    // A point that was retired since the page was shown comes back empty: nothing is asked about it.
    if requests.values().any(|body| !body.trim().is_empty()) {
        errors.add("requests", Problem::NotAChoice);
    }
    errors.into_result().map(|()| asked)
}

/// The requests and the word besides as one text: what the e-mail and the history say.
pub fn told_whole(asked: &[(Point<'_>, String)], reason: &str) -> String {
    let t = Texts(Locale::Fr);
    let points = asked.iter().map(|(item, body)| t.with(r::REQUEST_POINT, &[("item", item.label), ("body", body)]));
    points.chain([reason.to_owned()]).collect::<Vec<_>>().join("\n\n").trim().to_owned()
}

/// The answers of a form to points that were asked.
///
/// # Errors
/// `NotFound` for a point that was not; what is wrong with an answer.
pub fn read_answers(asked: &[Uuid], answers: BTreeMap<String, String>) -> Result<Vec<(Uuid, String)>> {
    let mut errors = FieldErrors::default();
    let mut kept = Vec::new();
    for (key, answer) in answers {
        let id = asked.iter().find(|id| RequestLine::key(RequestId(**id)) == key);
        let id = id.ok_or_else(|| told(AppError::NotFound))?;
        let answer = errors.take(&format!("answers.{key}"), text::paragraphs(&answer, 0, LONGEST));
        kept.extend(answer.map(|answer| (*id, answer)));
    }
    errors.into_result().told()?;
    Ok(kept)
}

/// The last review of a mission before another, or at all, if it ended with changes asked.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn sent_back(
    db: &impl ConnectionTrait,
    mission: MissionId,
    before: Option<&review::Model>,
) -> Result<Option<review::Model>> {
    let mut reviews = review::Entity::find().filter(review::Column::MissionId.eq(mission.0));
    if let Some(later) = before {
        reviews = reviews.filter(review::Column::CreatedAt.lt(later.created_at));
    }
    let last = reviews.order_by_desc(review::Column::CreatedAt).order_by_desc(review::Column::Id).one(db).await?;
    Ok(last.filter(|row| row.status == ReviewStatus::ChangesRequested.as_str()))
}

/// The points that were asked to change in the last review of a mission.
///
/// # Errors
/// When the database cannot be reached.
pub async fn lines(db: &impl ConnectionTrait, locale: Locale, mission: MissionId) -> Result<Vec<RequestLine>> {
    let Some(review) = sent_back(db, mission, None).await? else { return Ok(Vec::new()) };
    let rows = of(db, &review).await?;
    let items = items_of(db, &rows).await?;
    Ok(rows.into_iter().map(|row| line(locale, row, &items)).collect())
}

/// The reviews of a mission that ended with changes asked, from one of its reviews back, newest first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn rounds(db: &impl ConnectionTrait, locale: Locale, until: &review::Model) -> Result<Vec<Round>> {
    let reviews = review::Entity::find()
        .filter(review::Column::MissionId.eq(until.mission_id))
        .filter(review::Column::Status.eq(ReviewStatus::ChangesRequested.as_str()))
        .filter(review::Column::CreatedAt.lte(until.created_at))
        .order_by_desc(review::Column::CreatedAt)
        .order_by_desc(review::Column::Id)
        .all(db)
        .await?;
    let mut rounds = Vec::with_capacity(reviews.len());
    for review in reviews {
        let version = queries::version(db, review.mission_version_id).await?;
        let rows = of(db, &review).await?;
        let items = items_of(db, &rows).await?;
        rounds.push(Round {
            review: ReviewId(review.id),
            version: u32::try_from(version.number).unwrap_or(1),
            at: review.decided_at,
            word: besides(&review, &rows, &items),
            lines: rows.into_iter().map(|row| line(locale, row, &items)).collect(),
        });
    }
    Ok(rounds)
}

/// What was asked besides the points, which the reason says first.
fn besides(review: &review::Model, rows: &[review_request::Model], items: &[checklist_item::Model]) -> Option<String> {
    let asked: Vec<(Point<'_>, String)> = rows
        .iter()
        .filter_map(|row| Some((item_of(row, items)?, row.body.clone())))
        .map(|(item, body)| (Point { code: &item.code, label: &item.label_fr }, body))
        .collect();
    // Where a question was worded anew since, the whole reason is still in the history.
    let word = review.reason.as_deref()?.strip_prefix(told_whole(&asked, "").as_str())?.trim();
    (!word.is_empty()).then(|| word.to_owned())
}

async fn items_of(db: &impl ConnectionTrait, rows: &[review_request::Model]) -> Result<Vec<checklist_item::Model>> {
    let codes: Vec<String> = rows.iter().filter_map(|row| row.item_code.clone()).collect();
    checklist::by_codes(db, &codes).await
}

fn item_of<'a>(row: &review_request::Model, items: &'a [checklist_item::Model]) -> Option<&'a checklist_item::Model> {
    items.iter().find(|item| Some(item.code.as_str()) == row.item_code.as_deref())
}

fn line(locale: Locale, row: review_request::Model, items: &[checklist_item::Model]) -> RequestLine {
    let item = item_of(&row, items).map(|item| locale.pick(&item.label_fr, &item.label_en).to_owned());
    RequestLine { id: RequestId(row.id), item: item.unwrap_or_default(), body: row.body, answer: row.answer }
}

async fn of(db: &impl ConnectionTrait, review: &review::Model) -> Result<Vec<review_request::Model>> {
    Ok(review_request::Entity::find()
        .filter(review_request::Column::ReviewId.eq(review.id))
        .order_by_asc(review_request::Column::Position)
        .all(db)
        .await?)
}

/// Keeps an organisation's answers to what it was asked, until its mission is sent again.
pub async fn answer(
    backend: &Backend,
    actor: &Actor,
    mission: MissionId,
    answers: BTreeMap<String, String>,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let me = work.actor.signed_in().map_err(told)?;
    versions::own(&work, mission).await?;
    let review = sent_back(&work.tx, mission, None).await?.ok_or_else(|| told(Conflict::NotInThisState))?;
    let asked = of(&work.tx, &review).await?;
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
