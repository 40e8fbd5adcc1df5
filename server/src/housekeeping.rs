//! What happens by itself while the server runs. Each round makes up for what an earlier one missed.

use std::{fmt::Display, time::Duration};

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use crate::{
    accounts::tokens,
    applications::{changed, guardian, reminders, unanswered, waiting},
    attendance,
    backend::Backend,
    cover::queries as cover,
    crisis,
    entity::{account_token, session, throttle},
    equipment,
    error::Result,
    favourites::queries as favourites,
    ideas, letters,
    mail::outbox,
    missions::jobs,
    reviews, supplies, testimonials,
};

/// How often it is looked for what is due.
const PAUSE: Duration = Duration::from_secs(60);
/// A bucket that nobody took from for a day is full again, whatever its limit.
const FULL_AGAIN: TimeDelta = TimeDelta::days(1);

/// Looks for what is due, every minute, until told to stop.
pub async fn run(backend: Backend, stop: CancellationToken) {
    while !stop.is_cancelled() {
        tell("missions are over", jobs::close_ended(&backend).await);
        tell("coordinators are told of what is due", reviews::jobs::remind(&backend).await);
        tell("coordinators are told of what will be short", supplies::jobs::morning(&backend).await);
        tell("whoever sent ideas is forgotten", ideas::jobs::forget(&backend).await);
        tell("crisis measures begin or are over", crisis::jobs::turn_over(&backend).await);
        tell("waiting lists move", waiting::jobs::turn(&backend).await);
        tell("applications that nobody answered in time end", unanswered::turn(&backend).await);
        tell("what closed accounts said is gone", testimonials::jobs::forget(&backend).await);
        tell("applications need no guardian any more", guardian::turn(&backend).await);
        tell("volunteers are told what changed", changed::turn(&backend).await);
        tell("volunteers are reminded", reminders::turn(&backend).await);
        tell("organisations are reminded of hours to validate", attendance::remind::remind(&backend).await);
        tell("applications of which nothing more can be said end", attendance::end::when_late(&backend).await);
        if let Err(error) = forget(&backend).await {
            tracing::error!(?error, "what has expired is still kept");
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Says in the log how often something was done, or that it could not be; nothing where nothing was due.
fn tell<N: Default + PartialEq + Display>(what: &'static str, done: Result<N>) {
    match done {
        Ok(none) if none == N::default() => {}
        Ok(times) => tracing::info!(%times, "{what}"),
        Err(error) => tracing::error!(?error, "not done: {what}"),
    }
}

/// Deletes sessions, links, buckets, notes of letters and of reminders, addresses of guardians and signatures that no longer
/// serve, kept missions that ended a while ago, and who was asked for cover a year ago.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let tx = backend.store.begin().await?;
    session::Entity::delete_many()
        .filter(
            Condition::any()
                .add(session::Column::ExpiresAt.lte(now))
                .add(session::Column::LastSeenAt.lte(now - tokens::IDLE)),
        )
        .exec(&tx)
        .await?;
    account_token::Entity::delete_many().filter(account_token::Column::ExpiresAt.lte(now)).exec(&tx).await?;
    throttle::Entity::delete_many().filter(throttle::Column::UpdatedAt.lte(now - FULL_AGAIN)).exec(&tx).await?;
    outbox::forget(&tx, now).await?;
    guardian::forget(&tx, now).await?;
    letters::forget(&tx, now).await?;
    equipment::forget(&tx, now).await?;
    supplies::jobs::forget(&tx, now).await?;
    reminders::forget(&tx, now).await?;
    favourites::forget(&tx, now).await?;
    cover::forget(&tx, now).await?;
    Ok(tx.commit().await?)
}
