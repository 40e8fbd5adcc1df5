use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Grant},
    crisis::{InForce, ReviewMeasures},
    error::AppError,
    ids::{AccountId, MissionId, MunicipalityId, OrganisationId, ReviewId},
    missions::{MissionContent, MissionPage},
    organisations::OrganisationStatus,
    reviews::{ChecklistLine, Earlier, HistoryLine, LikelyDuplicate, ReviewFile, ReviewStatus},
    supplies::MissionSupplies,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    changes,
    checklist::{self, Facts},
    decide::case_four_eyes,
    duplicates,
    queries::{self as shared, About},
    queue::open,
    requests,
    telltales::Telltales,
};
use crate::{
    accounts::queries::{full_name, holders},
    backend::Backend,
    crisis::queries as crisis,
    entity::{mission, mission_version, municipality, organisation, review},
    error::{Result, told},
    missions::{partners, queries},
    network::queries::{by_insee, town_ref},
    supplies::reserve::Shelf,
};

/// What a review is of.
async fn versions(
    db: &impl ConnectionTrait,
    review: &review::Model,
) -> Result<(mission::Model, mission_version::Model)> {
    let mission = queries::by_id(db, MissionId(review.mission_id)).await?;
    Ok((mission, queries::version(db, review.mission_version_id).await?))
}

/// The file on one version of a mission of that municipality.
pub async fn file(backend: &Backend, actor: &Actor, insee: &str, id: ReviewId) -> Result<ReviewFile> {
    actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let town = by_insee(db, insee).await?;
    let me = actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let review = review::Entity::find_by_id(id.0)
        .filter(review::Column::MunicipalityId.eq(town.id))
        .one(db)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let (mission, version) = versions(db, &review).await?;
    let content = queries::content(&version)?;
    let status = ReviewStatus::parse(&review.status).unwrap_or(ReviewStatus::Refused);
    // What waits is read as it would go online; what was decided, as it was.
    let shown =
        if status.is_open() { partners::carried(db, &mission, content.clone()).await? } else { content.clone() };
    let slots = queries::planned(&shown, mission.organisation_id);
    let page = queries::page(db, actor.locale, &mission, &shown, slots, now).await?;
    let since = earlier(db, actor, &mission, (&review, &version), (&shown, &page)).await?;
    let duplicates = duplicates::likely(backend, &mission, (&content, &version.content_hash)).await?;
    let supplies = Shelf::read(db, actor.locale, town.id, &[mission.id]).await?.panel(mission.id, &content, now);
    let measures = crisis::of_town(db, MunicipalityId(town.id), now).await?;
    let seen = Seen {
        review: &review,
        mission: &mission,
        content: &content,
        page: &page,
        duplicates: &duplicates,
        supplies: &supplies,
    };
    let checklist = checked(db, actor, seen, now, &measures).await?;
    Ok(ReviewFile {
        id,
        status,
        due_at: review.due_at,
        taken_by: name_of(db, review.taken_by).await?,
        holder: review.taken_by.map(AccountId),
        mine: review.taken_by == Some(me.0),
        four_eyes: case_four_eyes(actor, me.0, &mission, &version, &town).is_err(),
        may_act: actor.coordinates(MunicipalityId(town.id)),
        organisation: OrganisationId(mission.organisation_id),
        version: u32::try_from(version.number).unwrap_or(1),
        since,
        checklist,
        crisis: under(&measures, &content, now),
        duplicates,
        supplies,
        requests: requests::lines(db, actor.locale, page.id, Some(&review)).await?,
        thread: shared::thread(db, actor, About::Mission(page.id)).await?,
        history: acts(db, &mission).await?,
        previous: beside(db, &town, &review, me, Way::Back).await?,
        next: beside(db, &town, &review, me, Way::On).await?,
        colleagues: colleagues(db, MunicipalityId(town.id), me).await?,
        town: town_ref(&town),
        mission: page,
        now,
    })
}

async fn name_of(db: &impl ConnectionTrait, account: Option<Uuid>) -> Result<Option<String>> {
    Ok(match account {
        Some(id) => shared::names(db, vec![id]).await?.remove(&id),
        None => None,
    })
}

/// What was sent back by the review before this one, which is what coordinators read last; else what is online; where
/// nothing ever was, the version before.
async fn earlier(
    db: &impl ConnectionTrait,
    actor: &Actor,
    mission: &mission::Model,
    (review, version): (&review::Model, &mission_version::Model),
    (content, page): (&MissionContent, &MissionPage),
) -> Result<Option<Earlier>> {
    let sent_back = requests::sent_back(db, MissionId(mission.id), Some(review)).await?;
    let again = sent_back.as_ref().is_some_and(|row| row.mission_version_id == version.id);
    let online = mission.published_version_id.filter(|id| *id != version.id);
    // Sent again as it was: what it changes of what is online is there to be judged.
    let sent_back = sent_back.filter(|_| !again || online.is_none());
    let online = online.filter(|_| sent_back.is_none());
    let before = mission_version::Entity::find()
        .filter(mission_version::Column::MissionId.eq(mission.id))
        .order_by_desc(mission_version::Column::Number);
    // What is online may have a later number: something was joined while this one was written.
    let before = match sent_back.as_ref().map(|row| row.mission_version_id).or(online) {
        Some(id) => before.filter(mission_version::Column::Id.eq(id)).one(db).await?,
        None => before.filter(mission_version::Column::Number.lt(version.number)).one(db).await?,
    };
    let Some(before) = before else { return Ok(None) };
    let old = queries::content(&before)?;
    // What was joined to what is online meanwhile is no change of theirs.
    let old = if sent_back.is_some() { old.with_joined(content) } else { old };
    let slots = queries::planned(&old, mission.organisation_id);
    let old_page = queries::page(db, actor.locale, mission, &old, slots, page.now).await?;
    Ok(Some(Earlier {
        version: u32::try_from(before.number).unwrap_or(1),
        online: online.is_some(),
        again,
        changed: changes::of(&old.reviewed_differences(content), &old_page, page),
        page: old_page,
    }))
}

/// What the checklist's findings are drawn from.
#[derive(Clone, Copy)]
struct Seen<'a> {
    review: &'a review::Model,
    mission: &'a mission::Model,
    content: &'a MissionContent,
    page: &'a MissionPage,
    duplicates: &'a [LikelyDuplicate],
    supplies: &'a MissionSupplies,
}

async fn checked(
    db: &impl ConnectionTrait,
    actor: &Actor,
    seen: Seen<'_>,
    now: DateTime<Utc>,
    measures: &InForce,
) -> Result<Vec<ChecklistLine>> {
    let telltales = Telltales::read(db, actor.locale).await?;
    let facts = Facts {
        duplicates: u32::try_from(seen.duplicates.iter().filter(|other| other.dismissed.is_none()).count())
            .unwrap_or_default(),
        need: checklist::need_around(db, seen.mission, seen.content, now).await?,
        safety: telltales.safety(seen.content, seen.page.domain_rules.len()),
        doubts: telltales.doubts(seen.content, &seen.mission.practical, now),
        insurance: telltales.insurance(seen.content, &seen.mission.practical),
        interest: telltales.interest(seen.content),
        job: telltales.job(seen.content),
        week_hours: checklist::fullest_week(seen.content),
        host_approved: approved(db, seen.mission).await?,
        supplies: seen.supplies.clone(),
        domain_allowed: measures.allow(seen.content.domain.as_deref(), now),
        group: group(measures, seen.content, now),
    };
    let asked = checklist::Asked { domain: seen.content.domain.as_deref(), crisis: measures.hold(now) };
    let answers = checklist::answers(db, seen.review.id).await?;
    let items = checklist::shown(db, asked, seen.review.decided_at, &answers).await?;
    let names = shared::names(db, answers.values().map(|row| row.answered_by).collect()).await?;
    Ok(checklist::lines(actor.locale, items, answers, &names, &facts))
}

/// What crisis measures say of it.
fn under(measures: &InForce, content: &MissionContent, now: DateTime<Utc>) -> ReviewMeasures {
    ReviewMeasures {
        hold: measures.hold(now),
        forbidden: !measures.allow(content.domain.as_deref(), now),
        above: group(measures, content, now).filter(|(largest, most)| largest > most).map(|(_, most)| most),
    }
}

/// The largest slot to come where crisis measures limit groups, and the limit: the one that is furthest above it.
fn group(measures: &InForce, content: &MissionContent, now: DateTime<Utc>) -> Option<(u32, u32)> {
    let to_come = content.slots.iter().filter(|slot| slot.ends_at > now);
    let limited = to_come.filter_map(|slot| {
        let most = measures.largest_group(content.remote, (slot.starts_at, slot.ends_at))?;
        Some((slot.places, most))
    });
    limited.max_by_key(|(places, most)| i64::from(*places) - i64::from(*most))
}

async fn approved(db: &impl ConnectionTrait, mission: &mission::Model) -> Result<bool> {
    let host = organisation::Entity::find_by_id(mission.organisation_id).one(db).await?;
    Ok(host.is_some_and(|row| row.status == OrganisationStatus::Approved.as_str()))
}

/// Every act on the mission and on all its reviews.
async fn acts(db: &impl ConnectionTrait, mission: &mission::Model) -> Result<Vec<HistoryLine>> {
    let reviews = review::Entity::find().filter(review::Column::MissionId.eq(mission.id)).all(db).await?;
    let mut subjects = vec![("mission", mission.id)];
    subjects.extend(reviews.iter().map(|row| ("review", row.id)));
    shared::history(db, &subjects).await
}

/// The other coordinators of the town, by name.
async fn colleagues(
    db: &impl ConnectionTrait,
    town: MunicipalityId,
    me: AccountId,
) -> Result<Vec<(AccountId, String)>> {
    let people = holders(db, Grant::Coordinator(town)).await?;
    let mut people: Vec<_> = people
        .iter()
        .filter(|person| person.id != me.0)
        .map(|person| (AccountId(person.id), full_name(person)))
        .collect();
    people.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(people)
}

/// A way through the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To what is due earlier.
    Back,
    /// To what is due later.
    On,
}

/// The review before or after this one in the queue, then from its other end again; another coordinator's are left to
/// them.
pub(super) async fn beside(
    db: &impl ConnectionTrait,
    town: &municipality::Model,
    review: &review::Model,
    me: AccountId,
    way: Way,
) -> Result<Option<ReviewId>> {
    use review::Column::{DueAt, Id};
    let order = if way == Way::On { Order::Asc } else { Order::Desc };
    let free = open(town.id)
        .filter(Id.ne(review.id))
        .filter(Condition::any().add(review::Column::TakenBy.is_null()).add(review::Column::TakenBy.eq(me.0)))
        .order_by(DueAt, order.clone())
        .order_by(Id, order)
        .limit(1);
    let same = Condition::all().add(DueAt.eq(review.due_at));
    let further = match way {
        Way::On => Condition::any().add(DueAt.gt(review.due_at)).add(same.add(Id.gt(review.id))),
        Way::Back => Condition::any().add(DueAt.lt(review.due_at)).add(same.add(Id.lt(review.id))),
    };
    let found = match free.clone().filter(further).one(db).await? {
        Some(row) => Some(row),
        None => free.one(db).await?,
    };
    Ok(found.map(|row| ReviewId(row.id)))
}

/// What others did and wrote after an instant, newest first.
pub async fn news(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    id: ReviewId,
    after: DateTime<Utc>,
) -> Result<Vec<HistoryLine>> {
    let me = actor.signed_in().map_err(told)?;
    let db = backend.store.read();
    let town = by_insee(db, insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let review = review::Entity::find_by_id(id.0)
        .filter(review::Column::MunicipalityId.eq(town.id))
        .one(db)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let about = About::Mission(MissionId(review.mission_id));
    shared::news(db, me, about, vec![review.id, review.mission_id], after).await
}
