//! The link of an e-mail, for whoever has it: mailboxes follow such links too, so that looking changes nothing.

use domain::{
    actor::Actor,
    alerts::{AlertSummary, StoppedAlert},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select};

use super::queries;
use crate::{
    backend::Backend,
    entity::alert,
    error::Result,
    missions::reference,
    network,
    store::Work,
    throttle::{self, Limit},
};

/// No secret has a control character, and PostgreSQL refuses a text with a NUL.
fn of_secret(secret: &str) -> Select<alert::Entity> {
    let plain: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    alert::Entity::find().filter(alert::Column::Secret.eq(plain))
}

/// What the link leads to.
pub(super) async fn look(backend: &Backend, actor: &Actor, secret: &str) -> Result<StoppedAlert> {
    let db = backend.store.read();
    let Some(row) = of_secret(secret).one(db).await? else { return Ok(StoppedAlert { search: None }) };
    let towns = network::queries::all(db).await?;
    let form = queries::read(&row, &towns).form();
    let domains = reference::domains(db, false).await?;
    let domain = domains.iter().find(|domain| domain.code == form.domain);
    let domain = domain.map(|domain| reference::term(domain, actor.locale).label).unwrap_or_default();
    let town = towns.iter().find(|town| town.insee == form.town);
    let town = town.map(|town| town.name.clone()).unwrap_or_default();
    Ok(StoppedAlert { search: Some(AlertSummary { form, domain, town }) })
}

/// The button of its page.
pub(super) async fn by_page(backend: &Backend, actor: &Actor, secret: &str) -> Result<bool> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    stop(backend, secret).await
}

/// Deletes the search that a secret belongs to: whether there was one. The second press finds it gone, as it should be.
///
/// # Errors
/// When the database cannot be reached.
pub async fn stop(backend: &Backend, secret: &str) -> Result<bool> {
    if of_secret(secret).one(backend.store.read()).await?.is_none() {
        return Ok(false);
    }
    // Whoever has the link may, signed in or not.
    let work = Work::begin(backend, &Actor::default()).await?;
    let Some(row) = of_secret(secret).lock_exclusive().one(&work.tx).await? else { return Ok(false) };
    queries::delete(&work.tx, &row).await?;
    work.commit().await?;
    Ok(true)
}
