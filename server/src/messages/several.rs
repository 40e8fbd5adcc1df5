use std::collections::BTreeSet;

use domain::{
    actor::Actor,
    error::{AppError, Problem},
    ids::{ApplicationId, MissionId, OrganisationId},
    messages::{BulkMessage, Door, rules},
    team::Duty,
};

use super::{queries::Exchange, write::say};
use crate::{
    backend::Backend,
    error::{Error, Result, told},
    missions::{partners, queries as missions},
    organisations::queries as organisations,
    store::Work,
    throttle::{self, Limit},
};

/// Writes the same to some applicants, each in their own exchange and in a transaction of its own.
pub async fn write(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    mission: MissionId,
    ids: Vec<ApplicationId>,
    body: &str,
) -> Result<BulkMessage> {
    let account = actor.signed_in().map_err(told)?;
    let db = backend.store.read();
    partners::require(db, actor, &missions::by_id(db, mission).await?, organisation, Duty::Write).await?;
    organisations::approved(db, organisation).await?;
    let body = rules::message(body).map_err(|problem| told(AppError::field("body", problem)))?;
    // Somebody who is named twice is written to once.
    let ids: BTreeSet<ApplicationId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Err(told(AppError::field("ids", Problem::Required)));
    }
    throttle::take(backend, &format!("message:{account}"), Limit::MESSAGES).await?;
    let (door, mut sent) = (Door::Organisation(organisation, mission), BulkMessage::default());
    for id in ids {
        match one(backend, actor, id, door, &body).await {
            Ok(()) => sent.done += 1,
            Err(Error::Told(AppError::Conflict(_))) => sent.skipped += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(sent)
}

async fn one(backend: &Backend, actor: &Actor, id: ApplicationId, door: Door, body: &str) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let (exchange, me) = Exchange::held(&work, id, door).await?;
    say(&work, &exchange, me, door.side(), body).await?;
    work.commit().await
}
