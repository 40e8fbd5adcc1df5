//! The link of an e-mail, for whoever has it: mailboxes follow such links too, so that looking changes nothing.

use domain::{actor::Actor, alerts::StoppedAlert};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select};

use super::queries;
use crate::{
    backend::Backend,
    entity::alert,
    error::Result,
    store::Work,
    throttle::{self, Limit},
};

/// No secret has a control character, and PostgreSQL refuses a text with a NUL.
fn of_secret(secret: &str) -> Select<alert::Entity> {
    let plain: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    alert::Entity::find().filter(alert::Column::Secret.eq(plain))
}

/// What the link leads to.
pub(super) async fn look(backend: &Backend, secret: &str) -> Result<StoppedAlert> {
    let found = of_secret(secret).one(backend.store.read()).await?;
    Ok(StoppedAlert { live: found.is_some() })
}

/// The button of its page.
pub(super) async fn by_page(backend: &Backend, actor: &Actor, secret: &str) -> Result<()> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    stop(backend, secret).await
}

/// Deletes the search that a secret belongs to. The second press finds it gone, as it should be.
///
/// # Errors
/// When the database cannot be reached.
pub async fn stop(backend: &Backend, secret: &str) -> Result<()> {
    if of_secret(secret).one(backend.store.read()).await?.is_none() {
        return Ok(());
    }
    // Whoever has the link may, signed in or not.
    let work = Work::begin(backend, &Actor::default()).await?;
    if let Some(row) = of_secret(secret).lock_exclusive().one(&work.tx).await? {
        queries::delete(&work.tx, row.id).await?;
    }
    work.commit().await
}
