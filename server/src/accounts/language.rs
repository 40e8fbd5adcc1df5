use domain::actor::{Actor, Locale};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{backend::Backend, entity::account, error::Result};

/// Keeps the language of an account's e-mails.
pub async fn choose(backend: &Backend, actor: &Actor, locale: Locale) -> Result<()> {
    let Some(id) = actor.account else { return Ok(()) };
    let tx = backend.store.begin().await?;
    account::Entity::update_many()
        .col_expr(account::Column::Locale, Expr::value(locale.as_str()))
        .filter(account::Column::Id.eq(id.0))
        .exec(&tx)
        .await?;
    Ok(tx.commit().await?)
}
