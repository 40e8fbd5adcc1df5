use domain::{
    accounts::NewSession,
    actor::Actor,
    error::{AppError, Conflict},
    ids::AccountId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{queries, tokens};
use crate::{
    backend::Backend,
    entity::{account, session},
    error::{Result, told},
    store::Work,
    throttle::{self, Limit},
};

/// Opens a session. An unknown e-mail, a wrong password and a disabled account get the same answer in the same time.
pub async fn sign_in(backend: &Backend, actor: &Actor, email: &str, password: &str) -> Result<NewSession> {
    let email = email.trim().to_lowercase();
    throttle::take(backend, &format!("sign-in:{}", actor.address), Limit::SIGN_IN_ADDRESS).await?;
    throttle::take(backend, &format!("sign-in:{email}"), Limit::SIGN_IN_ACCOUNT).await?;
    let account =
        queries::by_email(backend.store.read(), &email).await?.filter(|account| account.disabled_at.is_none());
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let right = backend.passwords.verify(password, hash).await?;
    let Some(account) = account.filter(|_| right) else { return Err(told(AppError::WrongCredentials)) };
    if account.email_confirmed_at.is_none() {
        return Err(told(Conflict::EmailNotConfirmed));
    }
    let work = Work::begin(backend, &Actor { account: None, ..actor.clone() }).await?;
    account::Entity::update_many()
        .col_expr(account::Column::LastSeenAt, Expr::value(work.now))
        .filter(account::Column::Id.eq(account.id))
        .exec(&work.tx)
        .await?;
    let session = tokens::open_session(&work.tx, AccountId(account.id), work.now).await?;
    work.commit().await?;
    Ok(session)
}

/// Ends a session on every node: it is gone from the database.
pub async fn sign_out(backend: &Backend, token: &str) -> Result<()> {
    let tx = backend.store.begin().await?;
    session::Entity::delete_many().filter(session::Column::TokenHash.eq(tokens::digest(token))).exec(&tx).await?;
    Ok(tx.commit().await?)
}
