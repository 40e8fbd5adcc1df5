use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    crisis::Scope,
    ids::{MunicipalityId, OrganisationId, ReviewId},
    missions::{MissionContent, MissionStatus, Term},
    organisations::OrganisationStatus,
    reviews::{Queue, QueueAsk, QueueChoices, QueueRow, QueueTab, ReviewStatus},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{
    marks,
    queries::{names, versions},
};
use crate::{
    backend::Backend,
    crisis::list::offline,
    entity::{mission, organisation, review},
    error::{Result, told},
    messages,
    missions::{queries::content, reference},
    network::queries::{by_insee, neighbourhoods, town_ref},
    organisations::queries as organisations,
    supplies::week,
    testimonials,
};

/// The longest part of a queue that is shown; the counts tell of the rest.
const MOST: usize = 200;
/// Of so many lines, the filters choose.
const READ: u64 = 1000;
const TABS: [QueueTab; 6] =
    [QueueTab::Open, QueueTab::Waiting, QueueTab::Mine, QueueTab::Overdue, QueueTab::ChangesRequested, QueueTab::Done];

/// The queue of a municipality, by due date, or what was asked of it.
pub async fn queue(backend: &Backend, actor: &Actor, insee: &str, ask: QueueAsk) -> Result<Queue> {
    actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let town = by_insee(db, insee).await?;
    let me = actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let mut counts = [0; 6];
    for (count, tab) in counts.iter_mut().zip(TABS) {
        *count = u32::try_from(part(town.id, tab, me.0, now).count(db).await?)?;
    }
    let asked = part(town.id, ask.tab, me.0, now);
    let asked = match ask.tab {
        QueueTab::Done => asked.order_by_desc(review::Column::DecidedAt),
        _ => asked.order_by_asc(review::Column::DueAt),
    };
    let reviews = asked.order_by_asc(review::Column::Id).limit(READ).all(db).await?;
    let mut lines = lines(db, actor, MunicipalityId(town.id), reviews, now).await?;
    let choices = choices(&lines);
    lines.retain(|line| is_asked(&ask, &line.row));
    lines.truncate(MOST);
    if ask.tab != QueueTab::Done {
        marks::put(backend, actor.locale, MunicipalityId(town.id), &mut lines).await?;
    }
    let rows = lines.into_iter().map(|line| line.row).collect();
    let organisations_waiting = organisation::Entity::find()
        .filter(organisation::Column::MunicipalityId.eq(town.id))
        .filter(organisation::Column::Status.eq(OrganisationStatus::Submitted.as_str()))
        .count(db)
        .await?;
    Ok(Queue {
        town: town_ref(&town),
        ask,
        choices,
        rows,
        counts,
        organisations_waiting: u32::try_from(organisations_waiting)?,
        testimonials_waiting: testimonials::waiting(db, MunicipalityId(town.id)).await?,
        reports_waiting: messages::reports_waiting(db, actor, MunicipalityId(town.id)).await?,
        coordinates: actor.coordinates(MunicipalityId(town.id)),
        short: week::shortages(db, actor.locale, town.id, now).await?,
        offline: u32::try_from(offline(db, Scope::Town(MunicipalityId(town.id))).await?.len())?,
        now,
    })
}

fn is_asked(ask: &QueueAsk, row: &QueueRow) -> bool {
    let same = |asked: &str, value: Option<&str>| asked.is_empty() || value == Some(asked);
    let part = row.part.as_ref().map(|part| part.id.to_string());
    same(&ask.domain, row.domain.as_ref().map(|domain| domain.code.as_str()))
        && same(&ask.part, part.as_deref())
        && same(&ask.organisation, Some(&row.organisation.0.to_string()))
}

/// What occurs in the lines, by name.
fn choices(lines: &[Line]) -> QueueChoices {
    let rows: Vec<&QueueRow> = lines.iter().map(|line| &line.row).collect();
    let by_name = |values: BTreeSet<(String, String)>| values.into_iter().map(|(name, value)| (value, name)).collect();
    let domains = rows.iter().filter_map(|row| row.domain.as_ref());
    let parts = rows.iter().filter_map(|row| row.part.as_ref());
    QueueChoices {
        domains: by_name(domains.map(|domain| (domain.label.clone(), domain.code.clone())).collect()),
        parts: by_name(parts.map(|part| (part.name.clone(), part.id.to_string())).collect()),
        organisations: by_name(
            rows.iter().map(|row| (row.organisation.1.clone(), row.organisation.0.to_string())).collect(),
        ),
    }
}

/// Reviews that wait for a decision.
pub fn open(town: Uuid) -> Select<review::Entity> {
    review::Entity::find()
        .filter(review::Column::MunicipalityId.eq(town))
        .filter(review::Column::Status.is_in([ReviewStatus::Waiting.as_str(), ReviewStatus::InReview.as_str()]))
}

fn part(town: Uuid, tab: QueueTab, me: Uuid, now: DateTime<Utc>) -> Select<review::Entity> {
    match tab {
        QueueTab::Open => open(town),
        QueueTab::Waiting => open(town).filter(review::Column::Status.eq(ReviewStatus::Waiting.as_str())),
        QueueTab::Mine => open(town).filter(review::Column::TakenBy.eq(me)),
        QueueTab::Overdue => open(town).filter(review::Column::DueAt.lt(now)),
        QueueTab::ChangesRequested => sent_back(town),
        QueueTab::Done => review::Entity::find()
            .filter(review::Column::MunicipalityId.eq(town))
            .filter(review::Column::Status.is_in([ReviewStatus::GreenLight.as_str(), ReviewStatus::Refused.as_str()])),
    }
}

/// Reviews that ended with changes asked, the last of their mission, of a mission that is not over.
fn sent_back(town: Uuid) -> Select<review::Entity> {
    let later = Alias::new("later");
    let resubmitted = Query::select()
        .expr(Expr::val(1))
        .from_as(review::Entity, later.clone())
        .and_where(
            Expr::col((later.clone(), review::Column::MissionId)).equals((review::Entity, review::Column::MissionId)),
        )
        .and_where(
            Expr::col((later, review::Column::CreatedAt)).gt(Expr::col((review::Entity, review::Column::CreatedAt))),
        )
        .to_owned();
    let over = [MissionStatus::Refused, MissionStatus::Closed, MissionStatus::Cancelled].map(MissionStatus::as_str);
    let live = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::MunicipalityId.eq(town))
        .filter(mission::Column::Status.is_not_in(over))
        .into_query();
    review::Entity::find()
        .filter(review::Column::MunicipalityId.eq(town))
        .filter(review::Column::Status.eq(ReviewStatus::ChangesRequested.as_str()))
        .filter(review::Column::MissionId.in_subquery(live))
        .filter(Condition::all().not().add(Expr::exists(resubmitted)))
}

/// What stands on the lines of reviews, in their order: six questions whatever their number.
async fn lines(
    db: &impl ConnectionTrait,
    actor: &Actor,
    town: MunicipalityId,
    reviews: Vec<review::Model>,
    now: DateTime<Utc>,
) -> Result<Vec<Line>> {
    if reviews.is_empty() {
        return Ok(Vec::new());
    }
    let versions = versions(db, &reviews).await?;
    let (missions, names_of) = missions(db, &reviews).await?;
    let domains: HashMap<String, Term> = reference::domains(db, false)
        .await?
        .iter()
        .map(|row| (row.code.clone(), reference::term(row, actor.locale)))
        .collect();
    let parts = neighbourhoods(db, town).await?;
    let names = names(db, reviews.iter().filter_map(|row| row.taken_by).collect()).await?;
    let mut lines = Vec::with_capacity(reviews.len());
    for row in reviews {
        let Some(version) = versions.get(&row.mission_version_id) else { continue };
        let Some(mission) = missions.get(&row.mission_id).cloned() else { continue };
        let content = content(version)?;
        let status = ReviewStatus::parse(&row.status).unwrap_or(ReviewStatus::Refused);
        let row = QueueRow {
            id: ReviewId(row.id),
            title: content.title.clone(),
            organisation: (
                OrganisationId(mission.organisation_id),
                names_of.get(&mission.organisation_id).cloned().unwrap_or_default(),
            ),
            part: content.neighbourhood.and_then(|id| parts.iter().find(|part| part.id.0 == id).cloned()),
            domain: content.domain.as_ref().and_then(|code| domains.get(code).cloned()),
            status,
            due_at: row.due_at,
            overdue: status.is_open() && row.due_at < now,
            taken_by: row.taken_by.and_then(|id| names.get(&id).cloned()),
            version: u32::try_from(version.number).unwrap_or(1),
            marks: Vec::new(),
        };
        lines.push(Line { row, mission, content, hash: version.content_hash.clone() });
    }
    Ok(lines)
}

/// A line with what it is about.
pub(super) struct Line {
    pub(super) row: QueueRow,
    pub(super) mission: mission::Model,
    pub(super) content: MissionContent,
    pub(super) hash: String,
}

/// The missions, and the names of their organisations.
async fn missions(
    db: &impl ConnectionTrait,
    reviews: &[review::Model],
) -> Result<(HashMap<Uuid, mission::Model>, HashMap<Uuid, String>)> {
    let missions = mission::Entity::find()
        .filter(mission::Column::Id.is_in(reviews.iter().map(|row| row.mission_id)))
        .all(db)
        .await?;
    let names = organisations::names(db, missions.iter().map(|row| row.organisation_id).collect()).await?;
    Ok((missions.into_iter().map(|row| (row.id, row)).collect(), names))
}
