use domain::{
    actor::Actor,
    error::{AppError, Conflict},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    backend::Backend,
    entity::volunteer_profile,
    error::{Result, told},
    store::Work,
};

/// Turns suggestions on or off, in the profile.
pub async fn switch(backend: &Backend, actor: &Actor, on: bool) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    if !work.actor.volunteer {
        return Err(told(Conflict::VolunteerProfileRequired));
    }
    let turned = volunteer_profile::Entity::update_many()
        .col_expr(volunteer_profile::Column::Suggestions, Expr::value(on))
        .col_expr(volunteer_profile::Column::UpdatedAt, Expr::value(work.now))
        .filter(volunteer_profile::Column::AccountId.eq(account.0))
        .exec(&work.tx)
        .await?;
    if turned.rows_affected == 0 {
        return Err(told(AppError::NotFound));
    }
    work.commit().await
}
