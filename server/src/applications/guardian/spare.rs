//! An application for which no guardian need answer any more: what is left of it comes after the eighteenth birthday.

use domain::{
    actor::Actor,
    applications::{ApplicationStatus, ConsentStatus},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    super::{queries, tell::Affair, waiting},
    SUBJECT, answer, awaited, is_awaited, is_minor,
};
use crate::{
    backend::Backend,
    entity::{application, guardian_consent, mission, slot, volunteer},
    error::Result,
    mail::MailKind,
    store::{Step, Work},
};

/// What the history calls a consent that nobody waits for any more.
const SPARED: &str = "not_needed";

/// Waits no longer for a guardian who was asked where none of these slots, all that are left, needs one: the application goes
/// the way of an adult's, and the link leads nowhere. The caller holds the application. Whether it was so.
///
/// # Errors
/// When the database refuses.
pub async fn spare(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    slots: &[slot::Model],
) -> Result<bool> {
    let profile = volunteer::Entity::find_by_id(row.volunteer_id).one(&work.tx).await?;
    let grown = profile.is_some_and(|profile| !slots.is_empty() && !is_minor(profile.birth_date, slots));
    let before = queries::status(&row);
    if !grown || !before.is_live() || !is_awaited(&work.tx, row.id).await? {
        return Ok(false);
    }
    guardian_consent::Entity::delete_by_id(row.id).exec(&work.tx).await?;
    work.record_as_following(Step {
        subject: SUBJECT,
        id: row.id,
        municipality: Some(mission.municipality_id.into()),
        from: Some(ConsentStatus::Asked.as_str()),
        to: SPARED,
        reason: None,
    })
    .await?;
    if before == ApplicationStatus::Pending {
        let row = answer::go_on(work, row, mission, slots).await?;
        tell(work, &row, mission, slots).await?;
    }
    Ok(true)
}

/// Tells the volunteer how their application stands; of a place that is offered they were told already.
async fn tell(work: &Work, row: &application::Model, mission: &mission::Model, slots: &[slot::Model]) -> Result<()> {
    let affair = Affair::read(work, mission, row, slots).await?;
    match queries::status(row) {
        ApplicationStatus::Accepted => affair.volunteer(work, MailKind::ApplicationAccepted, "").await,
        ApplicationStatus::Pending => affair.volunteer(work, MailKind::ApplicationSent, "").await,
        ApplicationStatus::Waitlisted => waiting::joined(work, &affair, row).await,
        _ => Ok(()),
    }
}

/// Does so for whoever is left with such slots because others were called off. How many.
///
/// # Errors
/// When the database cannot be reached.
pub async fn turn(backend: &Backend) -> Result<u64> {
    let db = backend.store.read();
    let waiting = application::Entity::find()
        .filter(application::Column::Id.in_subquery(awaited()))
        .filter(application::Column::Status.is_in(queries::live()))
        .all(db)
        .await?;
    let slots = queries::slots(db, waiting.iter().map(|row| row.id).collect()).await?;
    let people = queries::senders(db, &waiting).await?;
    let grown = |row: &&application::Model| {
        let profile = people.get(&row.volunteer_id).and_then(|(_, profile)| profile.as_ref());
        profile.zip(slots.get(&row.id)).is_some_and(|(profile, slots)| !is_minor(profile.birth_date, slots))
    };
    let mut spared = 0;
    // One that fails keeps nobody else waiting.
    for row in waiting.iter().filter(grown) {
        match one(backend, row.id, row.mission_id).await {
            Ok(done) => spared += u64::from(done),
            Err(error) => tracing::error!(?error, application = %row.id, "a guardian is still waited for"),
        }
    }
    Ok(spared)
}

/// Does so for one of them, unless something else happened to it meanwhile.
async fn one(backend: &Backend, id: Uuid, mission: Uuid) -> Result<bool> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let mission = queries::hold_mission(&work, mission).await?;
    let Some(row) = application::Entity::find_by_id(id).lock_exclusive().one(&work.tx).await? else {
        return Ok(false);
    };
    let slots = queries::slots(&work.tx, vec![id]).await?.remove(&id).unwrap_or_default();
    let done = spare(&work, row, &mission, &slots).await?;
    work.commit().await?;
    Ok(done)
}
