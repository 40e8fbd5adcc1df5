//! Secrets that are given once and kept only as a hash: sessions, links of e-mails, invitations.

use chrono::{DateTime, Duration, Utc};
use domain::{accounts::NewSession, ids::AccountId};
use rand::RngCore;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, sea_query::Expr,
};
use sha2::{Digest, Sha256};

use crate::{
    entity::{account_token, session},
    error::Result,
};

/// A session ends after 30 days, whatever is done with it.
pub const SESSION: Duration = Duration::days(30);
/// A session that nobody used for 7 days ends.
pub const IDLE: Duration = Duration::days(7);
/// A link to choose a new password.
pub const RESET: Duration = Duration::minutes(10);
/// A link to confirm an e-mail.
pub const CONFIRM: Duration = Duration::hours(24);

/// A secret of 256 random bits, in hexadecimal.
pub fn secret() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex(&bytes)
}

/// What is kept of a secret: its SHA-256. A secret of 256 bits needs no slow hash.
pub fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Opens a session.
///
/// # Errors
/// When the database refuses.
pub async fn open_session(tx: &DatabaseTransaction, account: AccountId, now: DateTime<Utc>) -> Result<NewSession> {
    let token = secret();
    session::ActiveModel {
        token_hash: Set(digest(&token)),
        account_id: Set(account.0),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now + SESSION),
    }
    .insert(tx)
    .await?;
    Ok(NewSession { token, max_age: u32::try_from(SESSION.num_seconds()).unwrap_or(u32::MAX) })
}

/// Makes a link's secret for an account; earlier ones of the same purpose no longer work.
///
/// # Errors
/// When the database refuses.
pub async fn issue(
    tx: &DatabaseTransaction,
    account: AccountId,
    purpose: &str,
    now: DateTime<Utc>,
    lifetime: Duration,
) -> Result<String> {
    account_token::Entity::delete_many()
        .filter(account_token::Column::AccountId.eq(account.0))
        .filter(account_token::Column::Purpose.eq(purpose))
        .exec(tx)
        .await?;
    let token = secret();
    account_token::ActiveModel {
        token_hash: Set(digest(&token)),
        account_id: Set(account.0),
        purpose: Set(purpose.to_owned()),
        created_at: Set(now),
        expires_at: Set(now + lifetime),
        used_at: Set(None),
    }
    .insert(tx)
    .await?;
    Ok(token)
}

/// Uses a link's secret, once: the account it is for, or `None` when it is unknown, used or too old.
///
/// # Errors
/// When the database refuses.
pub async fn redeem(
    tx: &DatabaseTransaction,
    token: &str,
    purpose: &str,
    now: DateTime<Utc>,
) -> Result<Option<AccountId>> {
    let hash = digest(token);
    let used = account_token::Entity::update_many()
        .col_expr(account_token::Column::UsedAt, Expr::value(now))
        .filter(account_token::Column::TokenHash.eq(&hash))
        .filter(account_token::Column::Purpose.eq(purpose))
        .filter(account_token::Column::UsedAt.is_null())
        .filter(account_token::Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?;
    if used.rows_affected == 0 {
        return Ok(None);
    }
    Ok(account_token::Entity::find_by_id(hash).one(tx).await?.map(|token| AccountId(token.account_id)))
}
