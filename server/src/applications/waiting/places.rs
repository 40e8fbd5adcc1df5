//! From the queue to a place that is held.

use app::{
    i18n::{Texts, k::mails as m},
    ui::time,
};
use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    applications::{ApplicationAction, ApplicationStatus, rules, waiting::offered_until},
    crisis::InForce,
    ids::AccountId,
    missions::MissionStatus,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{
    super::{
        guardian,
        places::{self, with_limits},
        queries,
        tell::{Affair, lines},
    },
    last_call, naming_any, positions, queue,
};
use crate::{
    accounts::tokens,
    crisis::queries as crisis,
    entity::{application, application_slot, mission, slot, volunteer},
    error::Result,
    mail::{Mail, MailKind},
    missions::{partners, queries as missions},
    store::Work,
};

/// Holds the places that are free in these slots for those who are first in their queues, and tells them. How many.
///
/// # Errors
/// When the database refuses.
pub async fn serve(work: &Work, mission: &mission::Model, slots: &[Uuid]) -> Result<u32> {
    if missions::status(mission) != MissionStatus::Published {
        return Ok(0);
    }
    let measures = crisis::of_town(&work.tx, mission.municipality_id.into(), work.now).await?;
    if !measures.allow(mission.domain_code.as_deref(), work.now) {
        return Ok(0);
    }
    let slots = slot::Entity::find()
        .filter(slot::Column::Id.is_in(slots.to_vec()))
        .filter(slot::Column::CancelledAt.is_null())
        .order_by_asc(slot::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    let mut slots = partners::only_offered(&work.tx, slots).await?;
    slots.retain(|slot| slot.taken < places_under(&measures, mission, slot));
    if slots.is_empty() {
        return Ok(0);
    }
    hold_waiting(work, slots.iter().map(|slot| slot.id).collect()).await?;
    let mut served = 0;
    for slot in slots {
        served += fill(work, mission, &measures, &slot).await?;
    }
    Ok(served)
}

/// Holds all who wait for some slots, in the order of ids: two who serve slots of one mission never wait for each other in a
/// circle. Who leaves the list at this moment is waited for, and gone then.
async fn hold_waiting(work: &Work, slots: Vec<Uuid>) -> Result<()> {
    let waiting = naming_any(slots, ApplicationStatus::Waitlisted).order_by_asc(application::Column::Id);
    waiting.lock_exclusive().all(&work.tx).await?;
    Ok(())
}

/// Holds some slots, then all who wait for them, before one of them is served after another: two who did so one by one might
/// wait for each other in a circle.
///
/// # Errors
/// When the database refuses.
pub async fn hold_lists(work: &Work, slots: &[Uuid]) -> Result<()> {
    let held = slot::Entity::find().filter(slot::Column::Id.is_in(slots.to_vec())).order_by_asc(slot::Column::Id);
    held.lock_exclusive().all(&work.tx).await?;
    hold_waiting(work, slots.to_vec()).await
}

/// Holds what is free in a slot for the first in its queue; the slot and those who wait are held.
async fn fill(work: &Work, mission: &mission::Model, measures: &InForce, slot: &slot::Model) -> Result<u32> {
    let Some(until) = until(mission, slot, work.now) else { return Ok(0) };
    let limits = with_limits(measures, mission.remote, std::slice::from_ref(slot));
    let choose = !partners::terms(&work.tx, mission, partners::holder(mission, slot)).await?.at_once;
    let mut free = places_under(measures, mission, slot) - slot.taken;
    if choose && free > 0 {
        free -= chosen_from(work, mission, measures, slot).await?;
    }
    if free <= 0 {
        return Ok(0);
    }
    let mut served = 0;
    for waiting in queue(slot.id).all(&work.tx).await? {
        if free == 0 {
            break;
        }
        if may_come(&work.tx, mission, measures, &waiting, slot).await? {
            places::take(work, &limits).await?;
            hold_for(work, mission, waiting, slot, (until, choose)).await?;
            served += 1;
            free -= 1;
        }
    }
    Ok(served)
}

/// Until when a place of a slot would be held from now on.
fn until(mission: &mission::Model, slot: &slot::Model, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    offered_until(now, last_call(slot), u32::try_from(mission.offer_hours).unwrap_or_default())
}

/// The places of a slot that may be taken: fewer where measures allow fewer people together.
pub fn places_under(measures: &InForce, mission: &mission::Model, slot: &slot::Model) -> i32 {
    let limits = with_limits(measures, mission.remote, std::slice::from_ref(slot));
    limits.iter().filter_map(|(_, most)| *most).fold(slot.places, i32::min)
}

/// Whether somebody in the list would be passed over by a newcomer: they may come, and in time.
///
/// # Errors
/// When the database cannot be reached.
pub async fn goes_first(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
    measures: &InForce,
    slot: &slot::Model,
    now: DateTime<Utc>,
) -> Result<bool> {
    if until(mission, slot, now).is_none() {
        return Ok(false);
    }
    for waiting in queue(slot.id).all(db).await? {
        if may_come(db, mission, measures, &waiting, slot).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many wait for the organisation's choice and may be chosen: they came first.
async fn chosen_from(work: &Work, mission: &mission::Model, measures: &InForce, slot: &slot::Model) -> Result<i32> {
    let mut count = 0;
    for pending in naming_any(vec![slot.id], ApplicationStatus::Pending).all(&work.tx).await? {
        count += i32::from(may_come(&work.tx, mission, measures, &pending, slot).await?);
    }
    Ok(count)
}

/// Whether somebody may take a slot now: by age, by measures, by what they have accepted already. Who may not keeps their
/// turn.
async fn may_come(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
    measures: &InForce,
    waiting: &application::Model,
    slot: &slot::Model,
) -> Result<bool> {
    let volunteer = volunteer::Entity::find_by_id(waiting.volunteer_id).one(db).await?;
    let Some(volunteer) = volunteer else { return Ok(false) };
    if rules::check_age(volunteer.birth_date, slot.starts_at, mission.open_to_minors).is_err()
        || measures.may_take(volunteer.birth_date, mission.remote, (slot.starts_at, slot.ends_at)).is_err()
    {
        return Ok(false);
    }
    // Under 18 a guardian consents first: a place that nobody may give would only be kept from others.
    if guardian::is_missing(db, waiting.id, volunteer.birth_date, std::slice::from_ref(slot)).await? {
        return Ok(false);
    }
    let engaged = queries::engaged(db, AccountId(waiting.volunteer_id), Some(waiting.id)).await?;
    let wanted = queries::spans([slot]);
    let busy = wanted.iter().any(|span| engaged.iter().any(|other| rules::overlaps(*span, *other)));
    Ok(!busy && rules::check_weekly(&engaged, &wanted).is_ok())
}

/// Holds a place that is taken already for somebody until an instant: this slot alone is theirs from now on.
async fn hold_for(
    work: &Work,
    mission: &mission::Model,
    waiting: application::Model,
    slot: &slot::Model,
    (until, choose): (DateTime<Utc>, bool),
) -> Result<()> {
    application_slot::Entity::delete_many()
        .filter(application_slot::Column::ApplicationId.eq(waiting.id))
        .filter(application_slot::Column::SlotId.ne(slot.id))
        .exec(&work.tx)
        .await?;
    let row = queries::step(work, waiting, mission, (ApplicationAction::Offer, Role::System), None).await?;
    let secret = tokens::secret();
    let mut row = row.into_active_model();
    row.held_until = Set(Some(until));
    row.offer_secret = Set(Some(tokens::digest(&secret)));
    // Nobody decided: a place came free.
    (row.decided_by, row.decided_at) = (Set(None), Set(None));
    let row = row.update(&work.tx).await?;
    let slots = [slot.clone()];
    let affair = Affair::read(work, mission, &row, &slots).await?;
    let locale = affair.locale();
    let until = time::instant(locale, until);
    let path = app::routes::offered_place(row.id.into(), &secret);
    let slot = lines(locale, &slots);
    let facts = [
        ("name", affair.volunteer.given_name.as_str()),
        ("mission", &mission.title),
        ("organisation", &affair.organisation),
        ("slot", slot.trim_start_matches("• ")),
        ("until", &until),
        ("next", Texts(locale).get(if choose { m::PLACE_OFFERED_CHOOSE } else { m::PLACE_OFFERED_TAKE })),
    ];
    work.mail(&affair.volunteer.email, locale, Mail { kind: MailKind::PlaceOffered, facts: &facts, path: &path }).await
}

/// Gives an offer that could not be answered its time anew, never less than it has: what it was offered for is back. The caller
/// holds the mission alone.
///
/// # Errors
/// When the database refuses.
pub async fn hold_anew(
    work: &Work,
    mission: &mission::Model,
    row: application::Model,
    slot: &slot::Model,
) -> Result<application::Model> {
    let Some(fresh) = until(mission, slot, work.now) else { return Ok(row) };
    let held = row.held_until.map_or(fresh, |before| before.max(fresh)).min(last_call(slot));
    let mut row = row.into_active_model();
    row.held_until = Set(Some(held));
    Ok(row.update(&work.tx).await?)
}

/// Tells somebody who joined a queue where they stand.
///
/// # Errors
/// When the database refuses.
pub async fn joined(work: &Work, affair: &Affair<'_>, row: &application::Model) -> Result<()> {
    let position = positions(&work.tx, vec![row.mission_id]).await?.get(&row.id).copied().unwrap_or(1);
    let locale = affair.locale();
    let (position, slots) = (Texts(locale).count(m::WAITING_POSITION, position), lines(locale, affair.slots));
    let facts = [
        ("name", affair.volunteer.given_name.as_str()),
        ("mission", &affair.mission.title),
        ("position", &position),
        ("slots", &slots),
    ];
    let mail = Mail { kind: MailKind::WaitingListJoined, facts: &facts, path: app::routes::MY_SPACE };
    work.mail(&affair.volunteer.email, locale, mail).await
}
