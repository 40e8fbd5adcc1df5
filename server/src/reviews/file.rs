use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Grant, Locale},
    error::AppError,
    ids::{AccountId, MissionId, MunicipalityId, OrganisationId, ReviewId},
    missions::{MissionContent, MissionPage},
    reviews::{ChecklistLine, Earlier, Finding, HistoryLine, NetworkEyes, ReviewFile, ReviewStatus},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    asked::{self, Part, Standing},
    changes, checklist,
    decide::case_four_eyes,
    findings::Subject,
    queries::{self as shared, About},
    queue::open,
    requests, topics,
};
use crate::{
    accounts::queries::{full_name, holders},
    backend::Backend,
    entity::{mission, mission_version, municipality, review},
    error::{Result, told},
    missions::{partners, queries},
    network::queries::{by_insee, town_ref},
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
    let rules = page.domain_rules.len();
    let subject = Subject { mission: &mission, version: &version, content: &content, rules, now };
    let (found, found_at) = subject.shown(backend, actor.locale, &review).await?;
    let topics = topics::refs(actor.locale, &topics::of(db, &mission, &content, now).await?);
    let network = with_network(db, actor, &review, (&mission, &version), &town).await?;
    let of_town = actor.coordinates(MunicipalityId(town.id));
    Ok(ReviewFile {
        id,
        status,
        due_at: review.due_at,
        taken_by: name_of(db, review.taken_by).await?,
        holder: review.taken_by.map(AccountId),
        mine: review.taken_by == Some(me.0),
        four_eyes: case_four_eyes(actor, me.0, &mission, &version, &town).is_err(),
        may_act: of_town || network.stands_in,
        network,
        organisation: OrganisationId(mission.organisation_id),
        version: u32::try_from(version.number).unwrap_or(1),
        since,
        found_at,
        checklist: checked(db, actor.locale, &review, found.items, found_at).await?,
        crisis: found.crisis,
        duplicates: found.duplicates,
        supplies: found.supplies,
        rounds: requests::rounds(db, actor.locale, &review).await?,
        topics,
        thread: shared::thread(db, actor, About::Mission(page.id)).await?,
        history: acts(db, &mission).await?,
        previous: beside(db, &town, &review, me, Way::Back).await?,
        next: beside(db, &town, &review, me, Way::On).await?,
        colleagues: if of_town { colleagues(db, MunicipalityId(town.id), me).await? } else { Vec::new() },
        town: town_ref(&town),
        mission: page,
        now,
    })
}

/// Where a review stands with the network.
async fn with_network(
    db: &impl ConnectionTrait,
    actor: &Actor,
    review: &review::Model,
    (mission, version): (&mission::Model, &mission_version::Model),
    town: &municipality::Model,
) -> Result<NetworkEyes> {
    let status = ReviewStatus::parse(&review.status).unwrap_or(ReviewStatus::Refused);
    let (subject, taken_by) = (asked::Subject::Mission(ReviewId(review.id)), review.taken_by);
    let part = Part::in_mission(db, mission, version).await?;
    Standing { subject, town, status, taken_by }.seen(db, actor, &part).await
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

async fn checked(
    db: &impl ConnectionTrait,
    locale: Locale,
    review: &review::Model,
    found: Vec<(String, Option<Finding>)>,
    found_at: Option<DateTime<Utc>>,
) -> Result<Vec<ChecklistLine>> {
    let answers = checklist::answers(db, review.id).await?;
    let mut codes: Vec<String> = found.iter().map(|(code, _)| code.clone()).collect();
    // What was answered and was asked no more when somebody decided.
    let mut answered: Vec<String> = answers.keys().filter(|code| !codes.contains(code)).cloned().collect();
    if found_at.is_some() {
        answered.sort_unstable();
        codes.append(&mut answered);
    }
    let mut items = checklist::by_codes(db, &codes).await?;
    if let Some(at) = found_at {
        // What became mandatory later was not missing then.
        for item in &mut items {
            item.mandatory &= item.asked_since.is_none_or(|since| since <= at);
        }
    }
    let names = shared::names(db, answers.values().map(|row| row.answered_by).collect()).await?;
    Ok(checklist::lines(locale, items, answers, &names, found))
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
