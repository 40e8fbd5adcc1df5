//! Ends a person's role in the coordination of a town.

use domain::{
    actor::{Actor, Grant},
    error::{AppError, Problem},
    ids::{AccountId, MunicipalityId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::LockType};

use super::{
    invite::{Place, revoke_where},
    queries,
};
use crate::{
    accounts::queries::holders,
    backend::Backend,
    entity::{invitation, municipality, role_grant},
    error::{Result, told},
    mail::{Mail, MailKind},
    organisations::review::give_back_all as give_submissions_back,
    reviews::take::give_back_all as give_reviews_back,
    store::{Step, Work},
};

/// Ends it: what they had taken goes back to the queue, an invitation that waits for them works no more, they are told. The
/// town's last coordinator goes only with `sure`.
///
/// # Errors
/// `NotFound` for whoever does not run the network, and when they do not coordinate the town; `Required` of the field `sure`.
pub async fn end(backend: &Backend, actor: &Actor, insee: &str, who: AccountId, sure: bool) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    work.actor.require_network().map_err(told)?;
    let town = queries::by_insee(&work.tx, insee).await?;
    let id = MunicipalityId(town.id);
    // Of two that go at once, the second knows that it is the last. Rows that only name the town do not wait for this.
    municipality::Entity::find_by_id(town.id).lock(LockType::NoKeyUpdate).one(&work.tx).await?;
    let all = holders(&work.tx, Grant::Coordinator(id)).await?;
    let person = all.iter().find(|person| person.id == who.0).ok_or_else(|| told(AppError::NotFound))?;
    if all.len() == 1 && !sure {
        return Err(told(AppError::field("sure", Problem::Required)));
    }
    give_reviews_back(&work, id, who).await?;
    give_submissions_back(&work, id, who).await?;
    revoke_where(&work, Place::town(&town), invitation::Column::Email.eq(&person.email)).await?;
    role_grant::Entity::delete_many()
        .filter(role_grant::Column::AccountId.eq(who.0))
        .filter(role_grant::Column::Role.eq("coordinator"))
        .filter(role_grant::Column::MunicipalityId.eq(town.id))
        .exec(&work.tx)
        .await?;
    let (municipality, whom) = (Some(id), who.to_string());
    let (from, to, reason) = (Some("coordinator"), "coordinator_removed", Some(whom.as_str()));
    work.record(Step { subject: "municipality", id: id.0, municipality, from, to, reason }).await?;
    let facts = [("town", town.name.as_str())];
    let mail = Mail { kind: MailKind::CoordinatorRemoved, facts: &facts, path: app::routes::MY_SPACE };
    work.mail_account(who, mail).await?;
    work.commit().await
}
