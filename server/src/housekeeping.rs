//! What happens by itself while the server runs. Each round makes up for what an earlier one missed.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use crate::{
    accounts::tokens,
    alerts,
    applications::{guardian, reminders, waiting},
    backend::Backend,
    crisis,
    entity::{account_token, session, throttle},
    equipment,
    error::Result,
    ideas, letters,
    mail::outbox,
    missions::jobs,
    reviews, supplies,
};

/// How often it is looked for what is due.
const PAUSE: Duration = Duration::from_secs(60);
/// A bucket that nobody took from for a day is full again, whatever its limit.
const FULL_AGAIN: TimeDelta = TimeDelta::days(1);

/// Looks for what is due, every minute, until told to stop.
pub async fn run(backend: Backend, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match jobs::close_ended(&backend).await {
            Ok(0) => {}
            Ok(closed) => tracing::info!(closed, "missions are over"),
            Err(error) => tracing::error!(?error, "missions that are over stay open"),
        }
        match reviews::jobs::remind(&backend).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "coordinators are told of what is due"),
            Err(error) => tracing::error!(?error, "coordinators are not told of what is due"),
        }
        match supplies::jobs::morning(&backend).await {
            Ok(0) => {}
            Ok(towns) => tracing::info!(towns, "coordinators are told of what will be short"),
            Err(error) => tracing::error!(?error, "coordinators are not told of what will be short"),
        }
        match ideas::jobs::forget(&backend).await {
            Ok(0) => {}
            Ok(ideas) => tracing::info!(ideas, "whoever sent ideas is forgotten"),
            Err(error) => tracing::error!(?error, "whoever sent ideas is still kept"),
        }
        match crisis::jobs::turn_over(&backend).await {
            Ok(0) => {}
            Ok(turned) => tracing::info!(turned, "crisis measures begin or are over"),
            Err(error) => tracing::error!(?error, "crisis measures neither begin nor end"),
        }
        match waiting::jobs::turn(&backend).await {
            Ok(0) => {}
            Ok(moved) => tracing::info!(moved, "waiting lists move"),
            Err(error) => tracing::error!(?error, "waiting lists stand still"),
        }
        match reminders::turn(&backend).await {
            Ok(0) => {}
            Ok(sent) => tracing::info!(sent, "volunteers are reminded"),
            Err(error) => tracing::error!(?error, "volunteers are not reminded"),
        }
        match alerts::jobs::turn(&backend).await {
            Ok(0) => {}
            Ok(sent) => tracing::info!(sent, "saved searches tell of new missions"),
            Err(error) => tracing::error!(?error, "saved searches tell of nothing"),
        }
        if let Err(error) = forget(&backend).await {
            tracing::error!(?error, "what has expired is still kept");
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Deletes sessions, links, buckets, notes of letters and of reminders, addresses of guardians and signatures that no longer
/// serve.
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
    Ok(tx.commit().await?)
}
