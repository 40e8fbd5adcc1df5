//! What is shown of a guardian's consent.

use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    actor::Actor,
    applications::{ConsentStatus, GuardianPage, OwnConsent},
    error::AppError,
    ids::{ApplicationId, MissionId},
};
use sea_orm::{ConnectionTrait, EntityTrait};

use super::{super::queries, status};
use crate::{
    accounts::tokens,
    backend::Backend,
    entity::{account, application, guardian_consent, organisation, slot},
    error::{Result, told},
    missions::{partners, queries as missions},
};

/// The application and what was asked of its guardian, for whoever has the secret of the link.
///
/// # Errors
/// `NotFound` for anybody else.
pub(super) async fn by_secret(
    db: &impl ConnectionTrait,
    id: ApplicationId,
    secret: &str,
) -> Result<(application::Model, guardian_consent::Model)> {
    let missing = || told(AppError::NotFound);
    let consent = guardian_consent::Entity::find_by_id(id.0).one(db).await?;
    let consent = consent.filter(|row| row.secret == tokens::digest(secret)).ok_or_else(missing)?;
    let row = application::Entity::find_by_id(id.0).one(db).await?.ok_or_else(missing)?;
    Ok((row, consent))
}

/// What a guardian is asked.
///
/// # Errors
/// `NotFound` without the secret.
pub async fn page(backend: &Backend, actor: &Actor, id: ApplicationId, secret: &str) -> Result<GuardianPage> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let missing = || told(AppError::NotFound);
    let (row, consent) = by_secret(db, id, secret).await?;
    let mission = missions::by_id(db, MissionId(row.mission_id)).await?;
    let version = mission.published_version_id.ok_or_else(missing)?;
    let content = missions::content(&missions::version(db, version).await?)?;
    let shown = missions::page(db, actor.locale, &mission, &content, Vec::new(), now).await?;
    let answers = organisation::Entity::find_by_id(partners::answers(&mission, &row).0).one(db).await?;
    let volunteer = account::Entity::find_by_id(row.volunteer_id).one(db).await?.ok_or_else(missing)?;
    let slots = queries::slots(db, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let (application, consent) = (queries::status(&row), status(&consent));
    let open = application.is_live() && !queries::over(&slots, now);
    Ok(GuardianPage {
        id,
        status: application,
        consent,
        actions: consent.actions(Role::Guardian).filter(|_| open).collect(),
        given_name: volunteer.given_name,
        mission: (shown.id, shown.slug, shown.title),
        mission_status: shown.status,
        goal: shown.goal,
        organisation: answers.map(|row| row.name).unwrap_or_default(),
        town: shown.town,
        remote: shown.remote,
        address: shown.address,
        slots: slots.iter().map(missions::line).collect(),
        safety_rules: shown.safety_rules,
        domain_rules: shown.domain_rules,
    })
}

/// How consent stands, for the volunteer: where it is needed, or was.
pub fn own(
    row: &application::Model,
    consent: Option<&guardian_consent::Model>,
    minor: bool,
    slots: &[slot::Model],
    now: DateTime<Utc>,
) -> Option<OwnConsent> {
    let live = queries::status(row).is_live() && !queries::over(slots, now);
    let standing = consent.map(status);
    // Of what is over, only an answer is of interest.
    if !live && standing.is_none_or(|status| status == ConsentStatus::Asked) || standing.is_none() && !minor {
        return None;
    }
    Some(OwnConsent {
        status: standing,
        email: consent.and_then(|row| row.email.clone()).unwrap_or_default(),
        askable: minor && live && standing.is_none_or(|status| status == ConsentStatus::Asked),
    })
}
