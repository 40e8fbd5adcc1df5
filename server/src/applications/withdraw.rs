use domain::{
    access::Role,
    actor::Actor,
    applications::ApplicationAction,
    error::AppError,
    ids::{AccountId, ApplicationId},
};
use sea_orm::{EntityTrait, QuerySelect};

use super::{places, queries, tell::Affair};
use crate::{
    backend::Backend,
    entity::application,
    error::{Result, told},
    mail::MailKind,
    missions::queries as missions,
    store::Work,
};

/// Takes one's own application back.
pub async fn withdraw(backend: &Backend, actor: &Actor, id: ApplicationId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account: AccountId = work.actor.signed_in().map_err(told)?;
    let row = application::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(&work.tx)
        .await?
        .filter(|row| row.volunteer_id == account.0)
        .ok_or_else(|| told(AppError::NotFound))?;
    let mission = missions::by_id(&work.tx, row.mission_id.into()).await?;
    let slots = queries::slots(&work.tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let held = queries::status(&row).holds_place();
    queries::step(&work, row, &mission, (ApplicationAction::Withdraw, Role::Volunteer), None).await?;
    if held {
        places::give_back(&work, &slots.iter().map(|slot| slot.id).collect::<Vec<_>>()).await?;
    }
    let affair = Affair::read(&work, &mission, account, &slots).await?;
    affair.organisation(&work, MailKind::ApplicationWithdrawn, "", false).await?;
    work.commit().await
}
