use domain::{
    accounts::password,
    actor::Actor,
    error::{AppError, Conflict},
    fields::Email,
    ids::AccountId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{queries, tokens};
use crate::{
    backend::Backend,
    entity::{account, session},
    error::{Result, told},
    mail::{Mail, MailKind},
    passwords,
    store::{Step, Work},
    throttle::{self, Limit},
};

/// Sends a link of ten minutes to the account's owner; whoever asks learns nothing.
pub async fn request(backend: &Backend, actor: &Actor, email: &str) -> Result<()> {
    let email = Email::parse(email).map_err(|problem| told(AppError::field("email", problem)))?;
    throttle::take(backend, &format!("mail:{}", actor.address), Limit::MAILS).await?;
    throttle::take(backend, &format!("mail:{}", email.as_str()), Limit::MAILS).await?;
    let work = Work::begin(backend, &Actor { account: None, ..actor.clone() }).await?;
    if let Some(account) = queries::by_email(&work.tx, email.as_str()).await? {
        let id = AccountId(account.id);
        let token = tokens::issue(&work.tx, id, "reset_password", work.now, tokens::RESET).await?;
        work.mail_account(
            id,
            Mail {
                kind: MailKind::ResetPassword,
                facts: &[("name", &account.given_name)],
                path: &format!("/mot-de-passe/{token}"),
            },
        )
        .await?;
    }
    work.commit().await
}

/// Changes the password by the link, proves the e-mail by the way, and ends every session.
pub async fn reset(backend: &Backend, actor: &Actor, token: &str, new: &str) -> Result<()> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    password::check(new, &["renfort"], passwords::is_common)
        .map_err(|problem| told(AppError::field("password", problem)))?;
    let hash = backend.passwords.hash(new).await?;
    let work = Work::begin(backend, &Actor { account: None, ..actor.clone() }).await?;
    let id = tokens::redeem(&work.tx, token, "reset_password", work.now)
        .await?
        .ok_or_else(|| told(Conflict::LinkExpired))?;
    let account = account::Entity::find_by_id(id.0).one(&work.tx).await?.ok_or_else(|| told(AppError::NotFound))?;
    let context =
        [account.given_name.as_str(), &account.family_name, account.email.split('@').next().unwrap_or_default()];
    password::check(new, &context, passwords::is_common)
        .map_err(|problem| told(AppError::field("password", problem)))?;
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .col_expr(account::Column::EmailConfirmedAt, Expr::value(account.email_confirmed_at.unwrap_or(work.now)))
        .filter(account::Column::Id.eq(id.0))
        .exec(&work.tx)
        .await?;
    session::Entity::delete_many().filter(session::Column::AccountId.eq(id.0)).exec(&work.tx).await?;
    work.record(Step {
        subject: "account",
        id: id.0,
        municipality: None,
        from: None,
        to: "password_changed",
        reason: None,
    })
    .await?;
    work.mail_account(
        id,
        Mail { kind: MailKind::PasswordChanged, facts: &[("name", &account.given_name)], path: app::routes::SIGN_IN },
    )
    .await?;
    work.commit().await
}
