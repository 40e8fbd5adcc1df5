//! What is shown of a mission: its editor, its preview, its public page.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    applications::{
        ApplicationStatus, OwnApplicationNote,
        door::{Person, Queue, Terms, door, too_near},
        rules,
    },
    crisis::InForce,
    error::{AppError, FieldErrors},
    ids::{ApplicationId, MissionId, OrganisationId, SlotId},
    missions::{
        MissionAction, MissionContent, MissionEditor, MissionPage, MissionStatus, Seen, SlotLine, VersionAction,
        VersionStatus, Viewer,
    },
    organisations::OrganisationStatus,
    reviews::ReviewStatus,
    team::Duty,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{partners, queries, reference, versions};
use crate::{
    applications::{queries as applications, waiting},
    backend::Backend,
    crisis::queries as crisis,
    entity::{application, application_slot, mission, mission_version, organisation, review, volunteer},
    error::{Result, told},
    favourites::queries as favourites,
    network::queries::neighbourhoods,
    planning::copy,
    reviews::{
        queries::{About, history, thread},
        requests, topics,
    },
    supplies::queries as supplies,
    testimonials::public,
};

/// How a review ends that gives its version back: its reason is shown until the next one is sent.
const RETURNED: [ReviewStatus; 2] = [ReviewStatus::ChangesRequested, ReviewStatus::Refused];

/// A mission of the actor's organisation with the version that its editor shows.
async fn own(backend: &Backend, actor: &Actor, id: MissionId) -> Result<(mission::Model, mission_version::Model)> {
    let db = backend.store.read();
    let mission = queries::by_id(db, id).await?;
    actor.require_organisation(OrganisationId(mission.organisation_id), Duty::Missions).map_err(told)?;
    let version =
        mission.working_version_id.or(mission.published_version_id).ok_or_else(|| told(AppError::NotFound))?;
    let version = queries::version(db, version).await?;
    Ok((mission, version))
}

/// What the editor needs.
pub async fn editor(backend: &Backend, actor: &Actor, id: MissionId) -> Result<MissionEditor> {
    let (mission, version) = own(backend, actor, id).await?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let organisation = organisation::Entity::find_by_id(mission.organisation_id)
        .one(db)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let domains = reference::domains(db, true).await?;
    let status = queries::status(&mission);
    let state = mission.working_version_id.map(|_| versions::status(&version));
    let content = still_there(db, &mission, &version, state).await?;
    let online = matches!(status, MissionStatus::Published | MissionStatus::Suspended);
    let editable = state.map_or(online, |state| state.is_editable() || (state == VersionStatus::Refused && online));
    let missing = missing(backend, &mission, &content, domains.iter().map(|row| row.code.clone()).collect()).await?;
    let decision = review::Entity::find()
        .filter(review::Column::MissionId.eq(mission.id))
        .order_by_desc(review::Column::CreatedAt)
        .order_by_desc(review::Column::Id)
        .one(db)
        .await?
        .filter(|review| RETURNED.map(ReviewStatus::as_str).contains(&review.status.as_str()));
    Ok(MissionEditor {
        id,
        organisation: OrganisationId(organisation.id),
        status,
        version: state,
        choose: mission.choice == "choose",
        offer_hours: u32::try_from(mission.offer_hours).unwrap_or_default(),
        practical: mission.practical.clone(),
        opens_on: mission.opens_on,
        missing,
        editable,
        submittable: state.is_some_and(|state| state.apply(VersionAction::Submit, versions::ROLE).is_ok())
            && organisation.status == OrganisationStatus::Approved.as_str(),
        organisation_name: organisation.name,
        cancellable: status.apply(MissionAction::Cancel, versions::ROLE).is_ok(),
        live_slots: queries::slots(db, vec![mission.id]).await?.iter().map(queries::line).collect(),
        joined: joined(db, &mission).await?,
        partners: partners::shown(db, mission.id).await?,
        domains: domains.iter().map(|row| reference::term(row, actor.locale)).collect(),
        beneficiaries: reference::beneficiaries(db, actor.locale).await?,
        equipment_kinds: supplies::offered(db, actor.locale, &content.equipment).await?,
        neighbourhoods: neighbourhoods(db, mission.municipality_id.into()).await?,
        requests: requests::lines(db, actor.locale, id).await?,
        decision_reason: decision.and_then(|review| review.reason),
        copy_of: copy::origin(db, id).await?,
        topics: topics::refs(actor.locale, &topics::of(db, &mission, &content, now).await?),
        thread: thread(db, actor, About::Mission(id)).await?,
        history: history(db, &[("mission", id.0)]).await?,
        content,
        now,
    })
}

/// What an editor shows: what is online, or was sent back, says no more places than are left of it.
async fn still_there(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
    version: &mission_version::Model,
    state: Option<VersionStatus>,
) -> Result<MissionContent> {
    let mut content = queries::content(version)?.written();
    match state {
        Some(VersionStatus::ChangesRequested) => versions::kept(db, mission.id, content, version).await,
        Some(_) => Ok(content),
        None => {
            let slots = queries::slots(db, vec![mission.id]).await?;
            for plan in &mut content.slots {
                let left = slots.iter().find(|row| row.id == plan.id).and_then(|row| u32::try_from(row.places).ok());
                plan.places = left.map_or(plan.places, |left| plan.places.min(left));
            }
            Ok(content)
        }
    }
}

/// The slots online that the town joined to the mission.
async fn joined(db: &impl ConnectionTrait, mission: &mission::Model) -> Result<Vec<SlotId>> {
    let Some(online) = mission.published_version_id else { return Ok(Vec::new()) };
    let online = queries::content(&queries::version(db, online).await?)?;
    Ok(online.slots.iter().filter(|slot| slot.organisation.is_some()).map(|slot| SlotId(slot.id)).collect())
}

async fn missing(
    backend: &Backend,
    mission: &mission::Model,
    content: &MissionContent,
    enabled: Vec<String>,
) -> Result<FieldErrors> {
    let now = backend.clock.now();
    let checked = match mission.published_version_id {
        None => content.check_complete(now, &enabled),
        Some(published) => {
            let approved = queries::content(&queries::version(backend.store.read(), published).await?)?;
            content.check_revision(now, &enabled, &approved)
        }
    };
    let mut missing = checked.err().unwrap_or_default();
    let measures = crisis::of_town(backend.store.read(), mission.municipality_id.into(), now).await?;
    missing.merge(measures.check_groups(content, now).err().unwrap_or_default());
    Ok(missing)
}

/// The version being written, as the public will see it.
pub async fn preview(backend: &Backend, actor: &Actor, id: MissionId) -> Result<MissionPage> {
    let (mission, version) = own(backend, actor, id).await?;
    let db = backend.store.read();
    let content = partners::carried(db, &mission, queries::content(&version)?).await?;
    let slots = queries::planned(&content, mission.organisation_id);
    queries::page(db, actor.locale, &mission, &content, slots, backend.clock.now()).await
}

/// The public page. What is not public does not exist.
pub async fn page(backend: &Backend, actor: &Actor, id: MissionId) -> Result<MissionPage> {
    let db = backend.store.read();
    let mission = queries::by_id(db, id).await?;
    let version = mission
        .published_version_id
        .filter(|_| queries::status(&mission).has_page())
        .ok_or_else(|| told(AppError::NotFound))?;
    let content = queries::content(&queries::version(db, version).await?)?;
    let slots = partners::only_offered(db, queries::slots(db, vec![mission.id]).await?).await?;
    let slots = slots.iter().map(queries::line).collect();
    let mut page = queries::page(db, actor.locale, &mission, &content, slots, backend.clock.now()).await?;
    page.mine = mine(backend, actor, id).await?;
    page.viewer = viewer(backend, actor, &mission, &page).await?;
    page.voices = public::shown(db, actor.locale, public::Page::Mission(&mission)).await?;
    Ok(page)
}

/// What only the volunteer who asks is told; never a visitor, whose answers are shared.
async fn viewer(
    backend: &Backend,
    actor: &Actor,
    mission: &mission::Model,
    page: &MissionPage,
) -> Result<Option<Viewer>> {
    let (Some(account), db) = (actor.account, backend.store.read()) else { return Ok(None) };
    let Some(profile) = volunteer::Entity::find_by_id(account.0).one(db).await? else { return Ok(None) };
    let measures = crisis::of_town(db, mission.municipality_id.into(), page.now).await?;
    let queues = queues(db, mission, &measures, page.now).await?;
    let mut engagements = applications::engagements(db, account).await?;
    // What is chosen here already is told as such.
    engagements.retain(|engagement| engagement.mission != page.id);
    let applied = page.mine.as_ref().map(|mine| mine.slots.clone()).unwrap_or_default();
    let MissionPage { open_to_minors, remote, opens_on, now, .. } = *page;
    let terms = Terms { open_to_minors, remote, measures: &measures, opens_on, now };
    let person = Person { birth: profile.birth_date, engagements: &engagements, applied: &applied };
    let town = (!page.remote).then_some(page.town.insee.as_str());
    let see = |slot: &SlotLine| Seen {
        slot: slot.id,
        door: door(slot, queues.get(&slot.id.0).copied().unwrap_or_default(), terms, person),
        near: too_near(slot, town, &engagements).map(|other| other.title.clone()),
    };
    let slots: Vec<Seen> = page.slots.iter().map(see).collect();
    let mut to_come = page.slots.iter().filter(|slot| !slot.cancelled && slot.ends_at > page.now);
    let guardian = to_come.any(|slot| rules::needs_guardian(profile.birth_date, slot.starts_at));
    let kept = favourites::keeps(db, account, mission.id).await?;
    Ok(Some(Viewer { guardian, kept, slots }))
}

/// Who waits for the slots of a mission, as whoever applies now would find them.
async fn queues(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
    measures: &InForce,
    now: DateTime<Utc>,
) -> Result<HashMap<Uuid, Queue>> {
    let mut found = HashMap::new();
    let waiting = waiting::lengths(db, mission.id).await?;
    if waiting.is_empty() {
        return Ok(found);
    }
    for slot in queries::slots(db, vec![mission.id]).await? {
        let Some(people) = waiting.get(&slot.id).copied() else { continue };
        // Of a full slot it is not asked.
        let free = slot.taken < slot.places;
        let goes_first = free && waiting::goes_first(db, mission, measures, &slot, now).await?;
        found.insert(slot.id, Queue { people, goes_first });
    }
    Ok(found)
}

async fn mine(backend: &Backend, actor: &Actor, id: MissionId) -> Result<Option<OwnApplicationNote>> {
    let Some(account) = actor.account else { return Ok(None) };
    let db = backend.store.read();
    let live = ApplicationStatus::ALL.iter().filter(|status| status.is_live()).map(|status| status.as_str());
    let row = application::Entity::find()
        .filter(application::Column::MissionId.eq(id.0))
        .filter(application::Column::VolunteerId.eq(account.0))
        .filter(application::Column::Status.is_in(live))
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let slots =
        application_slot::Entity::find().filter(application_slot::Column::ApplicationId.eq(row.id)).all(db).await?;
    Ok(Some(OwnApplicationNote {
        id: ApplicationId(row.id),
        status: ApplicationStatus::parse(&row.status).unwrap_or(ApplicationStatus::Pending),
        slots: slots.into_iter().map(|row| SlotId(row.slot_id)).collect(),
    }))
}
