use chrono::NaiveDate;
use domain::{
    actor::Actor,
    applications::{ApplicationAction, BulkAnswer},
    crisis::InForce,
    error::{AppError, Conflict, Problem},
    ids::{AccountId, ApplicationId, MissionId, OrganisationId},
    missions::MissionStatus,
    team::Duty,
    text,
};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};

use super::{chosen, guardian, places, queries, tell::Affair, waiting};
use crate::{
    backend::Backend,
    crisis::queries as crisis,
    entity::{application, mission, slot, volunteer},
    error::{Error, Result, told},
    mail::MailKind,
    missions::{partners, queries as missions},
    store::Work,
};

/// Answers some applications, each in a transaction of its own: one that cannot be answered does not undo the others.
pub async fn decide(
    backend: &Backend,
    actor: &Actor,
    mission: MissionId,
    ids: Vec<ApplicationId>,
    accept: bool,
    reason: String,
) -> Result<BulkAnswer> {
    answers_some(backend.store.read(), actor, mission).await?;
    let reason = if accept { String::new() } else { reason_of(&reason)? };
    if ids.is_empty() {
        return Err(told(AppError::field("ids", Problem::Required)));
    }
    let mut answer = BulkAnswer::default();
    for id in ids {
        match one(backend, actor, mission, id, accept, &reason).await {
            Ok(()) => answer.done += 1,
            Err(error) if places::is_full(&error) => answer.full += 1,
            Err(Error::Told(AppError::Conflict(Conflict::GuardianFirst))) => answer.unconsented += 1,
            Err(error) if is_forbidden(&error) => answer.forbidden += 1,
            Err(Error::Told(AppError::Conflict(_) | AppError::Invalid(_))) => answer.skipped += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(answer)
}

/// Passes whoever answers at least some applicants of the mission.
async fn answers_some(db: &impl ConnectionTrait, actor: &Actor, mission: MissionId) -> Result<()> {
    let mission = missions::by_id(db, mission).await?;
    let owner = actor.require_organisation(OrganisationId(mission.organisation_id), Duty::Answer);
    let partners = partners::of(db, vec![mission.id]).await?;
    if partners.iter().any(|partner| actor.may(OrganisationId(partner.organisation_id), Duty::Answer)) {
        return Ok(());
    }
    owner.map(drop).map_err(told)
}

/// Whether crisis measures stand against it.
fn is_forbidden(error: &Error) -> bool {
    match error {
        Error::Told(AppError::Invalid(errors)) => {
            matches!(errors.get("slots"), Some(Problem::CrisisRemoteOnly { .. } | Problem::CrisisGroup { .. }))
        }
        Error::Told(AppError::Conflict(conflict)) => *conflict == Conflict::CrisisDomain,
        _ => false,
    }
}

fn reason_of(typed: &str) -> Result<String> {
    let refused = |problem| told(AppError::field("reason", problem));
    if typed.trim().is_empty() {
        return Err(refused(Problem::ReasonRequired));
    }
    text::paragraphs(typed, 3, 1000).map_err(refused)
}

/// What holds in the town of the mission, once it lets this person come.
async fn under_measures(
    work: &Work,
    mission: &mission::Model,
    birth: NaiveDate,
    slots: &[slot::Model],
) -> Result<InForce> {
    let measures = crisis::of_town(&work.tx, mission.municipality_id.into(), work.now).await?;
    if !measures.allow(mission.domain_code.as_deref(), work.now) {
        return Err(told(Conflict::CrisisDomain));
    }
    for slot in slots {
        let when = (slot.starts_at, slot.ends_at);
        let refused = |problem| told(AppError::field("slots", problem));
        measures.may_take(birth, mission.remote, when).map_err(refused)?;
        let most = measures.largest_group(mission.remote, when);
        if let Some(most) = most.filter(|most| u32::try_from(slot.taken).is_ok_and(|taken| taken >= *most)) {
            return Err(refused(Problem::CrisisGroup { most }));
        }
    }
    Ok(measures)
}

async fn one(
    backend: &Backend,
    actor: &Actor,
    mission: MissionId,
    id: ApplicationId,
    accept: bool,
    reason: &str,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let mission = queries::hold_mission(&work, mission.0).await?;
    let row = application::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(&work.tx)
        .await?
        .filter(|row| row.mission_id == mission.id)
        .ok_or_else(|| told(AppError::NotFound))?;
    let answers = partners::answers(&mission, &row);
    work.actor.require_organisation(answers, Duty::Answer).map_err(told)?;
    let volunteer = AccountId(row.volunteer_id);
    let slots = queries::slots(&work.tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let role = work.actor.role_in(answers).ok_or_else(|| told(AppError::NotFound))?;
    if accept {
        // What is suspended, over or called off takes nobody any more; who waits there can still be answered no.
        let offered = partners::only_offered(&work.tx, slots.clone()).await?;
        if missions::status(&mission) != MissionStatus::Published || queries::over(&offered, work.now) {
            return Err(told(Conflict::MissionClosed));
        }
        let profile = volunteer::Entity::find_by_id(volunteer.0).lock_exclusive().one(&work.tx).await?;
        let profile = profile.ok_or_else(|| told(Conflict::VolunteerProfileRequired))?;
        // Between 16 and 18 a guardian must have consented first.
        if guardian::is_missing(&work.tx, row.id, profile.birth_date, &slots).await? {
            return Err(told(Conflict::GuardianFirst));
        }
        let measures = under_measures(&work, &mission, profile.birth_date, &slots).await?;
        chosen::free(&work, volunteer, &slots, Some(row.id)).await?;
        queries::step(&work, row.clone(), &mission, (ApplicationAction::Accept, role), None).await?;
        places::take(&work, &places::with_limits(&measures, mission.remote, &slots)).await?;
    } else {
        queries::step(&work, row.clone(), &mission, (ApplicationAction::Decline, role), Some(reason)).await?;
    }
    let kind = if accept { MailKind::ApplicationAccepted } else { MailKind::ApplicationDeclined };
    Affair::read(&work, &mission, &row, &slots).await?.volunteer(&work, kind, reason).await?;
    if !accept {
        // Who came first is answered: the list is next.
        waiting::serve(&work, &mission, &slots.iter().map(|slot| slot.id).collect::<Vec<_>>()).await?;
    }
    work.commit().await
}
