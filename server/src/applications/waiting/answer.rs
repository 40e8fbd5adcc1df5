//! The answer to a place that is held: by the secret of the e-mail's link, or by the volunteer who is signed in.

use domain::{
    access::Role,
    actor::Actor,
    applications::{ApplicationAction, ApplicationStatus, OfferedPlace, rules},
    crisis::InForce,
    error::{AppError, Conflict},
    ids::{AccountId, ApplicationId, MissionId},
};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use uuid::Uuid;

use super::{
    super::{
        chosen::free,
        guardian, places, queries,
        tell::{Affair, next},
    },
    hold, last_call, serve, takes_people,
};
use crate::{
    accounts::tokens,
    backend::Backend,
    crisis::queries as crisis,
    entity::{application, mission, municipality, organisation, slot, volunteer},
    error::{Result, told},
    mail::MailKind,
    missions::{partners, queries as missions},
    network::queries::town_ref,
    store::Work,
    throttle::{self, Limit},
};

/// The application, for whoever may answer for it.
async fn by_door(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: ApplicationId,
    secret: &str,
) -> Result<application::Model> {
    let row = application::Entity::find_by_id(id.0).one(db).await?;
    let own = |row: &application::Model| secret.is_empty() && actor.account == Some(AccountId(row.volunteer_id));
    let linked = |row: &application::Model| row.offer_secret.as_deref() == Some(tokens::digest(secret).as_str());
    row.filter(|row| own(row) || linked(row)).ok_or_else(|| told(AppError::NotFound))
}

/// The place that is held for somebody.
pub async fn offered(backend: &Backend, actor: &Actor, id: ApplicationId, secret: &str) -> Result<OfferedPlace> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let row = by_door(db, actor, id, secret).await?;
    let mission = missions::by_id(db, MissionId(row.mission_id)).await?;
    let answers = partners::answers(&mission, &row);
    let organisation = organisation::Entity::find_by_id(answers.0).one(db).await?;
    let town = municipality::Entity::find_by_id(mission.municipality_id).one(db).await?;
    let slots = queries::slots(db, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let status = queries::status(&row);
    let held = row.held_until.filter(|until| status == ApplicationStatus::Offered && *until > now);
    let mut paused = false;
    for slot in &slots {
        paused |= held.is_some() && !takes_people(db, &mission, slot, now).await?;
    }
    Ok(OfferedPlace {
        id,
        status,
        mission: (MissionId(mission.id), mission.slug.clone(), mission.title.clone()),
        organisation: organisation.map(|row| row.name).unwrap_or_default(),
        town: town_ref(&town.ok_or_else(|| told(AppError::NotFound))?),
        slots: slots.iter().map(missions::line).collect(),
        held_until: held,
        paused,
        choose: !partners::terms(db, &mission, answers).await?.at_once,
    })
}

/// Takes the place, or leaves it.
pub async fn answer(
    backend: &Backend,
    actor: &Actor,
    id: ApplicationId,
    secret: &str,
    take: bool,
) -> Result<ApplicationStatus> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    let mut work = Work::begin(backend, actor).await?;
    let found = by_door(&work.tx, &work.actor, id, secret).await?;
    let mission = queries::hold_mission(&work, found.mission_id).await?;
    let row = hold(&work, id.0).await?;
    if queries::status(&row) != ApplicationStatus::Offered || row.held_until.is_none_or(|until| until <= work.now) {
        return Err(told(Conflict::OfferOver));
    }
    // The link is who answers, whoever is signed in in that browser.
    work.actor.account = Some(AccountId(row.volunteer_id));
    let slots = queries::slots(&work.tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
    let row = if take {
        taken(&work, row, &mission, &slots).await?
    } else {
        queries::step(&work, row, &mission, (ApplicationAction::Withdraw, Role::Volunteer), None).await?
    };
    let status = queries::status(&row);
    if !status.holds_place() {
        places::give_back(&work, &ids).await?;
        serve(&work, &mission, &ids).await?;
    }
    work.commit().await?;
    Ok(status)
}

/// Counts on the volunteer, or leaves the choice to the organisation; tells both.
async fn taken(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    slots: &[slot::Model],
) -> Result<application::Model> {
    for slot in slots {
        if last_call(slot) <= work.now || !takes_people(&work.tx, mission, slot, work.now).await? {
            return Err(told(Conflict::MissionClosed));
        }
    }
    let volunteer = AccountId(row.volunteer_id);
    let profile = volunteer::Entity::find_by_id(volunteer.0).lock_exclusive().one(&work.tx).await?;
    let profile = profile.ok_or_else(|| told(Conflict::VolunteerProfileRequired))?;
    let measures: InForce = crisis::of_town(&work.tx, mission.municipality_id.into(), work.now).await?;
    for slot in slots {
        let refused = |problem| told(AppError::field("slots", problem));
        let age = rules::check_age(profile.birth_date, slot.starts_at, mission.open_to_minors);
        age.map_err(|refusal| refused(refusal.problem()))?;
        measures.may_take(profile.birth_date, mission.remote, (slot.starts_at, slot.ends_at)).map_err(refused)?;
    }
    free(work, volunteer, slots, Some(row.id)).await?;
    let consented = !guardian::is_missing(&work.tx, row.id, profile.birth_date, slots).await?;
    let terms = partners::terms(&work.tx, mission, partners::answers(mission, &row)).await?;
    let at_once = terms.at_once && consented;
    let action = if at_once { ApplicationAction::TakeOffer } else { ApplicationAction::TakeOfferToChoose };
    let row = queries::step(work, row, mission, (action, Role::Volunteer), None).await?;
    let affair = Affair::read(work, mission, &row, slots).await?;
    affair.organisation(work, MailKind::ApplicationReceived, &row.message, next(at_once)).await?;
    let kind = if at_once { MailKind::ApplicationAccepted } else { MailKind::ApplicationSent };
    affair.volunteer(work, kind, "").await?;
    Ok(row)
}
