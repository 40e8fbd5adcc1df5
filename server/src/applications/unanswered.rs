//! The end of applications that nobody answered before their slots were over: somebody who waits for what is past could not offer
//! their help for another day of the same mission.

use app::i18n::k::mails as m;
use domain::{
    access::Role,
    actor::Actor,
    applications::{ApplicationAction, ApplicationStatus},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{
    queries,
    tell::{Affair, Why},
};
use crate::{
    backend::Backend,
    entity::{application, slot},
    error::Result,
    mail::MailKind,
    store::Work,
};

/// How many applications one round looks at.
const ROUND: u64 = 500;

/// Declines the pending applications whose slots are all past or called off, and tells each volunteer. How many.
///
/// # Errors
/// When the database cannot be reached.
pub async fn turn(backend: &Backend) -> Result<u64> {
    let mut ended = 0;
    // One that fails keeps nobody else waiting.
    for id in due(backend).await? {
        match end(backend, id).await {
            Ok(done) => ended += u64::from(done),
            Err(error) => tracing::error!(?error, application = %id, "an unanswered application does not end"),
        }
    }
    Ok(ended)
}

/// Those who wait for an answer about nothing that is still to come.
async fn due(backend: &Backend) -> Result<Vec<Uuid>> {
    let to_come = slot::Entity::find()
        .select_only()
        .column(slot::Column::Id)
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::EndsAt.gt(backend.clock.now()))
        .into_query();
    queries::without(backend.store.read(), ApplicationStatus::Pending, to_come, ROUND).await
}

/// Ends one of them, unless it was answered or taken back meanwhile.
async fn end(backend: &Backend, id: Uuid) -> Result<bool> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let Some(found) = application::Entity::find_by_id(id).one(&work.tx).await? else { return Ok(false) };
    let mission = queries::hold_mission(&work, found.mission_id).await?;
    let Some(row) = application::Entity::find_by_id(id).lock_exclusive().one(&work.tx).await? else {
        return Ok(false);
    };
    let slots = queries::slots(&work.tx, vec![id]).await?.remove(&id).unwrap_or_default();
    let to_come = slots.iter().any(|slot| slot.cancelled_at.is_none() && slot.ends_at > work.now);
    if to_come || queries::status(&row) != ApplicationStatus::Pending {
        return Ok(false);
    }
    let affair = Affair::read(&work, &mission, &row, &slots).await?;
    let reason = Why::Ours(m::APPLICATION_UNANSWERED).say(affair.locale());
    queries::step(&work, row, &mission, (ApplicationAction::Decline, Role::System), Some(reason)).await?;
    affair.volunteer(&work, MailKind::ApplicationUnanswered, reason).await?;
    work.commit().await?;
    Ok(true)
}
