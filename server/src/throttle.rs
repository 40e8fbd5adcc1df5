//! Token buckets in the database: the limits of a rush hold on every node together.

use domain::error::AppError;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect, sea_query::OnConflict};

use crate::{
    accounts::tokens,
    backend::Backend,
    entity::throttle,
    error::{Result, told},
};

/// How much of something is let through.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// How many at once.
    pub burst: f64,
    /// How many more each minute.
    pub per_minute: f64,
}

impl Limit {
    /// Tries to sign in to one account: the owner is slowed down, never locked out.
    pub const SIGN_IN_ACCOUNT: Self = Self { burst: 10.0, per_minute: 1.0 };
    /// Tries to sign in from one address: a town hall's people share one.
    pub const SIGN_IN_ADDRESS: Self = Self { burst: 60.0, per_minute: 20.0 };
    /// Registrations from one address: an association's meeting shares one.
    pub const REGISTRATION: Self = Self { burst: 40.0, per_minute: 10.0 };
    /// Links opened from one address.
    pub const LINKS: Self = Self { burst: 60.0, per_minute: 20.0 };
    /// E-mails asked for, by address and by recipient.
    pub const MAILS: Self = Self { burst: 6.0, per_minute: 0.5 };
    /// Applications of one account.
    pub const APPLICATIONS: Self = Self { burst: 30.0, per_minute: 5.0 };
    /// Ideas sent from one address: a meeting shares one.
    pub const IDEAS: Self = Self { burst: 10.0, per_minute: 0.5 };
    /// Messages of one account.
    pub const MESSAGES: Self = Self { burst: 30.0, per_minute: 5.0 };
}

/// Takes one token from a bucket; the key is kept as a hash, so that the table holds no address and no e-mail.
///
/// # Errors
/// `TooMany` when the bucket is empty.
pub async fn take(backend: &Backend, key: &str, limit: Limit) -> Result<()> {
    let now = backend.clock.now();
    let key = tokens::digest(key);
    let tx = backend.store.begin().await?;
    let row = throttle::Entity::find_by_id(&key).lock_exclusive().one(&tx).await?;
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since a token was taken: exact up to 285 000 years")]
    let tokens = row.as_ref().map_or(limit.burst, |row| {
        let minutes = (now - row.updated_at).num_milliseconds().max(0) as f64 / 60_000.0;
        limit.per_minute.mul_add(minutes, row.tokens).min(limit.burst)
    });
    if tokens < 1.0 {
        let seconds = ((1.0 - tokens) / limit.per_minute * 60.0).ceil().clamp(1.0, 3600.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1–3600 just above")]
        return Err(told(AppError::TooMany { retry_after: seconds as u32 }));
    }
    match row {
        Some(row) => {
            let mut row = row.into_active_model();
            row.tokens = Set(tokens - 1.0);
            row.updated_at = Set(now);
            row.update(&tx).await?;
        }
        None => {
            let row = throttle::ActiveModel { key: Set(key), tokens: Set(tokens - 1.0), updated_at: Set(now) };
            let nothing = OnConflict::column(throttle::Column::Key).do_nothing().to_owned();
            throttle::Entity::insert(row).on_conflict(nothing).exec_without_returning(&tx).await?;
        }
    }
    Ok(tx.commit().await?)
}
