//! The link of an e-mail, for whoever has it: mailboxes follow such links too, so that looking changes nothing.

use domain::actor::Actor;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Select, sea_query::Expr};

use super::queries;
use crate::{
    backend::Backend,
    entity::{outbox, volunteer_profile},
    error::Result,
    store::Work,
    throttle::{self, Limit},
};

/// Somebody who may be asked. No secret has a control character, and PostgreSQL refuses a text with a NUL.
fn of_secret(secret: &str) -> Select<volunteer_profile::Entity> {
    let plain: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    volunteer_profile::Entity::find()
        .filter(volunteer_profile::Column::CoverSecret.eq(plain))
        .filter(volunteer_profile::Column::Cover.eq(true))
}

/// Whether the link leads to somebody who may be asked.
pub(super) async fn look(backend: &Backend, secret: &str) -> Result<bool> {
    Ok(of_secret(secret).one(backend.store.read()).await?.is_some())
}

/// The button of its page.
pub(super) async fn by_page(backend: &Backend, actor: &Actor, secret: &str) -> Result<bool> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    stop(backend, secret).await
}

/// Takes the tick away of whoever a secret belongs to: whether there was one. The second press finds it gone, as it should be.
///
/// # Errors
/// When the database cannot be reached.
pub async fn stop(backend: &Backend, secret: &str) -> Result<bool> {
    if of_secret(secret).one(backend.store.read()).await?.is_none() {
        return Ok(false);
    }
    // Whoever has the link may, signed in or not.
    let work = Work::begin(backend, &Actor::default()).await?;
    let Some(row) = of_secret(secret).one(&work.tx).await? else { return Ok(false) };
    queries::hold(&work.tx, row.account_id).await?;
    volunteer_profile::Entity::update_many()
        .col_expr(volunteer_profile::Column::Cover, Expr::value(false))
        .col_expr(volunteer_profile::Column::UpdatedAt, Expr::value(work.now))
        .filter(volunteer_profile::Column::AccountId.eq(row.account_id))
        .exec(&work.tx)
        .await?;
    silence(&work.tx, row.cover_secret.as_deref()).await?;
    work.commit().await?;
    Ok(true)
}

/// What was written to somebody and has not left, does not leave.
///
/// # Errors
/// When the database refuses.
pub async fn silence(tx: &DatabaseTransaction, secret: Option<&str>) -> Result<()> {
    let Some(secret) = secret else { return Ok(()) };
    outbox::Entity::delete_many()
        .filter(outbox::Column::SentAt.is_null())
        .filter(outbox::Column::Unsubscribe.ends_with(app::routes::stop_cover_at_once(secret)))
        .exec(tx)
        .await?;
    Ok(())
}
