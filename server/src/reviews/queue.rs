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
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

use super::{
    marks,
    queries::{names, versions},
};
use crate::{
    backend::Backend,
    crisis::list::offline,
    entity::{mission, mission_version, organisation, review},
    error::{Result, told},
    messages,
    missions::{queries::content, reference},
    network::queries::{by_insee, neighbourhoods, town_ref},
    organisations::queries as organisations,
    supplies::week,
    testimonials,
};

/// Lines of a page.
const PER_PAGE: u32 = 100;
const TABS: [QueueTab; 6] =
    [QueueTab::Open, QueueTab::Waiting, QueueTab::Mine, QueueTab::Overdue, QueueTab::ChangesRequested, QueueTab::Done];

/// The queue of a municipality, by due date, or what was asked of it, a page at a time.
pub async fn queue(backend: &Backend, actor: &Actor, insee: &str, ask: QueueAsk) -> Result<Queue> {
    actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let town = by_insee(db, insee).await?;
    let me = actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let mut counts = [0; 6];
    for (count, tab) in counts.iter_mut().zip(TABS) {
        *count = u32::try_from(filtered(part(town.id, tab, me.0, now), &ask, db).count(db).await?)?;
    }
    let total = TABS.iter().zip(counts).find(|(tab, _)| **tab == ask.tab).map_or(0, |(_, count)| count);
    let pages = Ord::max(total.div_ceil(PER_PAGE), 1);
    let page = ask.page.clamp(1, pages);
    let whole = part(town.id, ask.tab, me.0, now);
    let asked = match ask.tab {
        QueueTab::Done => filtered(whole.clone(), &ask, db).order_by_desc(review::Column::DecidedAt),
        _ => filtered(whole.clone(), &ask, db).order_by_asc(review::Column::DueAt),
    };
    let asked = asked.order_by_asc(review::Column::Id).limit(u64::from(PER_PAGE));
    let reviews = asked.offset(u64::from(PER_PAGE) * u64::from(page - 1)).all(db).await?;
    let mut lines = lines(db, actor, MunicipalityId(town.id), reviews, now).await?;
    let choices = choices(db, actor, MunicipalityId(town.id), (whole, &ask)).await?;
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
        page,
        pages,
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

/// What the version under review says under a name, read where it stands.
fn said(engine: DbBackend, name: &str) -> SimpleExpr {
    Expr::cust(if engine == DbBackend::Sqlite {
        format!("json_extract(\"mission_version\".\"content\", '$.{name}')")
    } else {
        format!("(\"mission_version\".\"content\"::json ->> '{name}')")
    })
}

/// With their missions, and the versions that they are about.
fn joined(reviews: Select<review::Entity>) -> Select<review::Entity> {
    use review::Column::{MissionId, MissionVersionId};
    let of_mission = review::Entity::belongs_to(mission::Entity).from(MissionId).to(mission::Column::Id).into();
    let of_version =
        review::Entity::belongs_to(mission_version::Entity).from(MissionVersionId).to(mission_version::Column::Id);
    reviews.join(JoinType::InnerJoin, of_mission).join(JoinType::InnerJoin, of_version.into())
}

/// Those that the filters leave; what is no id is nobody's.
fn filtered(reviews: Select<review::Entity>, ask: &QueueAsk, db: &impl ConnectionTrait) -> Select<review::Entity> {
    if !ask.is_filtered() {
        return reviews;
    }
    let (engine, id) = (db.get_database_backend(), |typed: &str| typed.parse::<Uuid>().unwrap_or_default());
    let mut found = joined(reviews);
    if !ask.domain.is_empty() {
        found = found.filter(said(engine, "domain").eq(ask.domain.as_str()));
    }
    if !ask.part.is_empty() {
        found = found.filter(said(engine, "neighbourhood").eq(id(&ask.part).to_string()));
    }
    if !ask.organisation.is_empty() {
        found = found.filter(mission::Column::OrganisationId.eq(id(&ask.organisation)));
    }
    found
}

/// What occurs in a part of the queue, by name, and what is asked for though it does not.
async fn choices(
    db: &impl ConnectionTrait,
    actor: &Actor,
    town: MunicipalityId,
    (whole, ask): (Select<review::Entity>, &QueueAsk),
) -> Result<QueueChoices> {
    let engine = db.get_database_backend();
    let occur: Vec<(Uuid, Option<String>, Option<String>)> = joined(whole)
        .select_only()
        .column(mission::Column::OrganisationId)
        .column_as(said(engine, "domain"), "domain")
        .column_as(said(engine, "neighbourhood"), "part")
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    let by_name = |values: BTreeSet<(String, String)>| values.into_iter().map(|(name, value)| (value, name)).collect();
    let domains = reference::domains(db, false).await?;
    let domains =
        domains.iter().filter(|row| row.code == ask.domain || occur.iter().any(|of| of.1.as_ref() == Some(&row.code)));
    let parts = neighbourhoods(db, town).await?.into_iter().map(|part| (part.name, part.id.to_string()));
    let mut named: Vec<Uuid> = occur.iter().map(|of| of.0).collect();
    if let Ok(asked) = ask.organisation.parse::<Uuid>() {
        // Nothing is said of another town's.
        let own = organisation::Entity::find_by_id(asked).filter(organisation::Column::MunicipalityId.eq(town.0));
        named.extend(own.one(db).await?.map(|row| row.id));
    }
    let organisations = organisations::names(db, named).await?;
    Ok(QueueChoices {
        domains: by_name(
            domains.map(|row| reference::term(row, actor.locale)).map(|term| (term.label, term.code)).collect(),
        ),
        parts: by_name(
            parts.filter(|(_, id)| *id == ask.part || occur.iter().any(|of| of.2.as_ref() == Some(id))).collect(),
        ),
        organisations: by_name(organisations.into_iter().map(|(id, name)| (name, id.to_string())).collect()),
    })
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
