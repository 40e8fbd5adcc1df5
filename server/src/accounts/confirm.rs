use domain::{accounts::NewSession, actor::Actor, error::Conflict, fields::Email, ids::AccountId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{queries, tokens};
use crate::{
    backend::Backend,
    entity::account,
    error::{Result, told},
    mail::{Mail, MailKind},
    store::{Step, Work},
    throttle::{self, Limit},
};

/// Proves an e-mail and signs its owner in.
pub async fn confirm_email(backend: &Backend, actor: &Actor, token: &str) -> Result<NewSession> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    let work = Work::begin(backend, &Actor { account: None, ..actor.clone() }).await?;
    let account =
        tokens::redeem(&work.tx, token, "confirm_email", work.now).await?.ok_or_else(|| told(Conflict::LinkExpired))?;
    account::Entity::update_many()
        .col_expr(account::Column::EmailConfirmedAt, Expr::value(work.now))
        .filter(account::Column::Id.eq(account.0))
        .exec(&work.tx)
        .await?;
    work.record(Step {
        subject: "account",
        id: account.0,
        municipality: None,
        from: Some("registered"),
        to: "confirmed",
        reason: None,
    })
    .await?;
    let session = tokens::open_session(&work.tx, account, work.now).await?;
    work.commit().await?;
    Ok(session)
}

/// Sends the link again to an account that waits for it.
pub async fn resend(backend: &Backend, actor: &Actor, email: &str) -> Result<()> {
    let email = Email::parse(email).map_err(|problem| told(domain::error::AppError::field("email", problem)))?;
    throttle::take(backend, &format!("mail:{}", actor.address), Limit::MAILS).await?;
    throttle::take(backend, &format!("mail:{}", email.as_str()), Limit::MAILS).await?;
    let work = Work::begin(backend, &Actor { account: None, ..actor.clone() }).await?;
    if let Some(account) = queries::by_email(&work.tx, email.as_str()).await?.filter(|a| a.email_confirmed_at.is_none())
    {
        let id = AccountId(account.id);
        let token = tokens::issue(&work.tx, id, "confirm_email", work.now, tokens::CONFIRM).await?;
        work.mail_account(
            id,
            Mail {
                kind: MailKind::ConfirmEmail,
                facts: &[("name", &account.given_name)],
                path: &format!("/confirmer/{token}"),
            },
        )
        .await?;
    }
    work.commit().await
}
