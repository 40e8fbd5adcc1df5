//! The guardian's answer, by the secret of the e-mail's link.

use app::i18n::{Texts, k::mails as m};
use domain::{
    access::Role,
    actor::Actor,
    applications::{ApplicationAction, ApplicationStatus, ConsentAction, ConsentStatus},
    error::{AppError, Conflict},
    ids::{AccountId, ApplicationId},
    missions::MissionStatus,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect};
use uuid::Uuid;

use super::{
    super::{
        apply,
        chosen::{free, may_take, room},
        places, queries,
        tell::{Affair, lines, next as organisation_next},
        waiting,
    },
    SUBJECT,
    show::by_secret,
    status,
};
use crate::{
    backend::Backend,
    crisis::queries as crisis,
    entity::{application, guardian_consent, mission, slot, volunteer},
    error::{Error, Result, Told, told},
    mail::{Mail, MailKind},
    missions::{partners, queries as missions},
    store::{Step, Work},
    throttle::{self, Limit},
};

/// Consents, refuses, or withdraws consent.
///
/// # Errors
/// `NotFound` without the secret; `ConsentOver` once the application is over, `NotInThisState` after another answer.
pub async fn answer(
    backend: &Backend,
    actor: &Actor,
    id: ApplicationId,
    secret: &str,
    action: ConsentAction,
) -> Result<ConsentStatus> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    let mut work = Work::begin(backend, actor).await?;
    // The link is who answers, whoever is signed in in that browser.
    work.actor.account = None;
    let found = by_secret(&work.tx, id, secret).await?.0;
    let mission = queries::hold_mission(&work, found.mission_id).await?;
    application::Entity::find_by_id(id.0).lock_exclusive().one(&work.tx).await?;
    let (row, consent) = by_secret(&work.tx, id, secret).await?;
    let before = status(&consent);
    if before == action.leads_to() {
        return Ok(before);
    }
    let slots = queries::slots(&work.tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    if !queries::status(&row).is_live() || queries::over(&slots, work.now) {
        return Err(told(Conflict::ConsentOver));
    }
    let after = note(&work, consent, &mission, action).await?;
    let listed = queries::status(&row) == ApplicationStatus::Waitlisted;
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
    if after == ConsentStatus::Given {
        given(&work, row, &mission, &slots).await?;
    } else {
        ended(&work, row, &mission, &slots, after).await?;
    }
    let mission = mission.id;
    work.commit().await?;
    // In a transaction of its own: whoever serves a list holds its slots before those who wait in it.
    if listed
        && after == ConsentStatus::Given
        && let Err(error) = waiting::jobs::look_at(backend, mission, &ids).await
    {
        tracing::error!(?error, %mission, "a waiting list is not served before the next round");
    }
    Ok(after)
}

/// Writes the answer, with its history.
async fn note(
    work: &Work,
    consent: guardian_consent::Model,
    mission: &mission::Model,
    action: ConsentAction,
) -> Result<ConsentStatus> {
    let (id, before) = (consent.application_id, status(&consent));
    let after = before.apply(action, Role::Guardian).told()?;
    let mut consent = consent.into_active_model();
    consent.status = Set(after.as_str().to_owned());
    consent.answered_at = Set(Some(work.now));
    consent.update(&work.tx).await?;
    work.record(Step {
        subject: SUBJECT,
        id,
        municipality: Some(mission.municipality_id.into()),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason: None,
    })
    .await?;
    Ok(after)
}

/// Consent is given: the application goes the way of an adult's, and both are told.
async fn given(work: &Work, row: application::Model, mission: &mission::Model, slots: &[slot::Model]) -> Result<()> {
    let row = go_on(work, row, mission, slots).await?;
    let affair = Affair::read(work, mission, &row, slots).await?;
    let after = queries::status(&row);
    let locale = affair.locale();
    let t = Texts(locale);
    let next = match after {
        ApplicationStatus::Accepted => t.with(m::GUARDIAN_NEXT_ACCEPTED, &[("practical", &affair.practical)]),
        ApplicationStatus::Waitlisted => {
            let position = waiting::positions(&work.tx, vec![mission.id]).await?.get(&row.id).copied().unwrap_or(1);
            t.with(m::GUARDIAN_NEXT_LIST, &[("position", &t.count(m::WAITING_POSITION, position))])
        }
        ApplicationStatus::Offered => t.get(m::GUARDIAN_NEXT_OFFER).to_owned(),
        _ => t.get(m::GUARDIAN_NEXT_ANSWER).to_owned(),
    };
    let slots = lines(locale, affair.slots);
    let facts = [
        ("name", affair.volunteer.given_name.as_str()),
        ("mission", &mission.title),
        ("organisation", &affair.organisation),
        ("slots", &slots),
        ("next", &next),
    ];
    let mail = Mail { kind: MailKind::GuardianGiven, facts: &facts, path: app::routes::MY_SPACE };
    work.mail(&affair.volunteer.email, locale, mail).await
}

/// Nobody's consent is missing any more: a pending application goes the way of an adult's, and its organisation hears of it.
///
/// # Errors
/// When the database refuses.
pub(super) async fn go_on(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    slots: &[slot::Model],
) -> Result<application::Model> {
    if queries::status(&row) != ApplicationStatus::Pending {
        return Ok(row);
    }
    let terms = partners::terms(&work.tx, mission, partners::answers(mission, &row)).await?;
    let row = if terms.at_once { settle(work, row, mission, slots).await? } else { row };
    let after = queries::status(&row);
    if matches!(after, ApplicationStatus::Pending | ApplicationStatus::Accepted) {
        let next = organisation_next(after == ApplicationStatus::Accepted);
        let affair = Affair::read(work, mission, &row, slots).await?;
        affair.organisation(work, MailKind::ApplicationReceived, &row.message, next).await?;
    }
    Ok(row)
}

/// Where a mission accepts at once: accepted if every slot has a place, by the same conditional write as anybody; else in the
/// lists, whence what is free is offered at once. What would refuse an application now leaves the choice to the organisation.
async fn settle(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    slots: &[slot::Model],
) -> Result<application::Model> {
    let measures = crisis::of_town(&work.tx, mission.municipality_id.into(), work.now).await?;
    let offered = partners::only_offered(&work.tx, slots.to_vec()).await?;
    let gone = |slot: &slot::Model| slot.cancelled_at.is_some() || slot.ends_at <= work.now;
    if missions::status(mission) != MissionStatus::Published
        || !measures.allow(mission.domain_code.as_deref(), work.now)
        || offered.len() != slots.len()
        || slots.iter().any(gone)
    {
        return Ok(row);
    }
    let volunteer = AccountId(row.volunteer_id);
    let profile = volunteer::Entity::find_by_id(volunteer.0).lock_exclusive().one(&work.tx).await?;
    let profile = profile.ok_or_else(|| told(Conflict::VolunteerProfileRequired))?;
    if may_take(mission, profile.birth_date, slots, &measures).is_err() {
        return Ok(row);
    }
    match free(work, volunteer, slots, Some(row.id)).await {
        Err(Error::Told(AppError::Invalid(_))) => return Ok(row),
        other => other?,
    }
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
    let (slots, full) = room(work, mission, &measures, &ids).await?;
    if full == 0 {
        return apply::accept(work, row, mission, &slots, &measures).await;
    }
    let row = queries::step(work, row, mission, (ApplicationAction::Queue, Role::System), None).await?;
    waiting::serve(work, mission, &ids).await?;
    let row = application::Entity::find_by_id(row.id).one(&work.tx).await?;
    row.ok_or_else(|| told(AppError::NotFound))
}

/// No consent, or no longer: the application ends, its places go to those who wait.
async fn ended(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    slots: &[slot::Model],
    consent: ConsentStatus,
) -> Result<()> {
    let before = queries::status(&row);
    let withdraw = (ApplicationAction::Withdraw, Role::Guardian);
    let row = if before == ApplicationStatus::Waitlisted {
        waiting::leave(work, row, mission, withdraw).await?
    } else {
        let row = queries::step(work, row, mission, withdraw, None).await?;
        let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
        if before.holds_place() {
            places::give_back_ahead(work, slots).await?;
        }
        waiting::serve(work, mission, &ids).await?;
        row
    };
    let affair = Affair::read(work, mission, &row, slots).await?;
    let withdrawn = consent == ConsentStatus::Withdrawn;
    // Who was told that somebody comes is told that they do not; why is between the guardian and the volunteer.
    if withdrawn && matches!(before, ApplicationStatus::Pending | ApplicationStatus::Accepted) {
        let left = places::left(work, (mission, before), slots).await?;
        affair.organisation(work, MailKind::ApplicationWithdrawn, "", left).await?;
    }
    let kind = if withdrawn { MailKind::GuardianWithdrawn } else { MailKind::GuardianRefused };
    affair.volunteer(work, kind, "").await
}
