//! The outbox: e-mails that wait, in the database that the change they tell of was written to.

use chrono::{DateTime, Duration, Utc};
use domain::{actor::Locale, alerts::rules::is_quiet};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{Mail, MailKind};
use crate::{entity::outbox, error::Result, letters::link, store::Store};

/// How long a sender holds a letter: longer than it may take to hand one over.
const CLAIM: Duration = Duration::minutes(5);
/// After so many failed tries a letter is given up, and stays in the table for a person to see.
const TRIES: i32 = 12;
/// How long it is known that a letter was sent or given up, for whoever looks into «I never got it».
const KEPT: Duration = Duration::days(90);

/// Writes an e-mail in the transaction of the change it tells of.
///
/// # Errors
/// When the database refuses.
pub async fn queue(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    public_url: &str,
    to: &str,
    locale: Locale,
    mail: Mail<'_>,
) -> Result<()> {
    queue_at(tx, (now, now), public_url, to, locale, mail).await.map(|_| ())
}

/// The same, to leave at a later instant than now: its id.
///
/// # Errors
/// When the database refuses.
pub async fn queue_at(
    tx: &DatabaseTransaction,
    (now, due): (DateTime<Utc>, DateTime<Utc>),
    public_url: &str,
    to: &str,
    locale: Locale,
    mail: Mail<'_>,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let letter = mail.say(locale, public_url)?;
    outbox::ActiveModel {
        id: Set(id),
        recipient: Set(to.to_owned()),
        locale: Set(locale.as_str().to_owned()),
        kind: Set(letter.kind.to_owned()),
        subject: Set(letter.subject),
        body_text: Set(letter.text),
        body_html: Set(letter.html),
        created_at: Set(now),
        next_attempt_at: Set(due),
        attempts: Set(0),
        claimed_until: Set(None),
        sent_at: Set(None),
        failed_at: Set(None),
        last_error: Set(None),
        unsubscribe: Set(None),
        quiet: Set(mail.kind.waits_for_morning()),
    }
    .insert(tx)
    .await?;
    Ok(id)
}

/// Notes where a letter that waits says how to be rid of its like, by one press and without a page: RFC 8058.
///
/// # Errors
/// When the database refuses.
pub async fn listed(tx: &DatabaseTransaction, id: Uuid, unsubscribe: &str) -> Result<()> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::Unsubscribe, Expr::value(Some(unsubscribe)))
        .filter(outbox::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes letters back that have not left: those of a kind that are due at an instant and lead to a page.
///
/// # Errors
/// When the database refuses.
pub async fn recall(tx: &DatabaseTransaction, kind: MailKind, due: DateTime<Utc>, path: &str) -> Result<()> {
    outbox::Entity::delete_many()
        .filter(outbox::Column::Kind.eq(kind.name()))
        .filter(outbox::Column::NextAttemptAt.eq(due))
        .filter(outbox::Column::SentAt.is_null())
        .filter(outbox::Column::FailedAt.is_null())
        .filter(outbox::Column::BodyText.contains(path))
        .exec(tx)
        .await?;
    Ok(())
}

/// Letters that may leave now. In quiet hours those that can wait do, however late they were queued or tried again.
fn due(now: DateTime<Utc>) -> Condition {
    let left_in_peace = is_quiet(now).then(|| outbox::Column::Quiet.eq(false));
    Condition::all()
        .add_option(left_in_peace)
        .add(outbox::Column::SentAt.is_null())
        .add(outbox::Column::FailedAt.is_null())
        .add(outbox::Column::NextAttemptAt.lte(now))
        .add(Condition::any().add(outbox::Column::ClaimedUntil.is_null()).add(outbox::Column::ClaimedUntil.lt(now)))
}

/// The letters that are due, the longest waiting first; those that went to many come last, so that a password is not waited for.
///
/// # Errors
/// When the database cannot be reached.
pub async fn waiting(store: &Store, now: DateTime<Utc>, most: u64) -> Result<Vec<outbox::Model>> {
    Ok(outbox::Entity::find()
        .filter(due(now))
        .order_by_asc(outbox::Column::Unsubscribe.is_not_null())
        .order_by_asc(outbox::Column::NextAttemptAt)
        .limit(most)
        .all(store.read())
        .await?)
}

/// Takes a letter, by one conditional write: two senders never hold the same. Whether it was still there to take.
///
/// # Errors
/// When the database cannot be reached.
pub async fn claim(store: &Store, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let tx = store.begin().await?;
    let claimed = outbox::Entity::update_many()
        .col_expr(outbox::Column::ClaimedUntil, Expr::value(now + CLAIM))
        .filter(outbox::Column::Id.eq(id))
        .filter(due(now))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(claimed.rows_affected == 1)
}

/// What is left of a letter that went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// That it was sent, and to whom: its text, with its links, is nobody's business any more.
    Fact,
    /// All of it: the demonstration's mailbox shows it.
    Text,
}

/// Notes that a letter went out.
///
/// # Errors
/// When the database cannot be reached.
pub async fn sent(store: &Store, id: Uuid, now: DateTime<Utc>, keep: Keep) -> Result<()> {
    let tx = store.begin().await?;
    let mut update = outbox::Entity::update_many()
        .col_expr(outbox::Column::SentAt, Expr::value(now))
        .filter(outbox::Column::Id.eq(id));
    if keep == Keep::Fact {
        update = update
            .col_expr(outbox::Column::Subject, Expr::value(""))
            .col_expr(outbox::Column::BodyText, Expr::value(""))
            .col_expr(outbox::Column::BodyHtml, Expr::value(""))
            .col_expr(outbox::Column::Unsubscribe, Expr::value(Option::<String>::None));
    }
    update.exec(&tx).await?;
    if keep == Keep::Fact {
        forget_guardian(&tx, id).await?;
    }
    Ok(tx.commit().await?)
}

/// A guardian has no account: their address, and the link that they were sent, go as soon as they have served, or could not.
async fn forget_guardian(tx: &DatabaseTransaction, id: Uuid) -> Result<()> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::Recipient, Expr::value(""))
        .col_expr(outbox::Column::BodyText, Expr::value(""))
        .col_expr(outbox::Column::BodyHtml, Expr::value(""))
        .filter(outbox::Column::Id.eq(id))
        .filter(outbox::Column::Kind.eq(MailKind::GuardianAsked.name()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets that letters went out, or could not, a while ago.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<()> {
    let before = now - KEPT;
    outbox::Entity::delete_many()
        .filter(Condition::any().add(outbox::Column::SentAt.lte(before)).add(outbox::Column::FailedAt.lte(before)))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes a failed try: the next one is 30 seconds later, then twice as long each time, six hours at most.
///
/// # Errors
/// When the database cannot be reached.
pub async fn failed(store: &Store, letter: &outbox::Model, now: DateTime<Utc>, why: &str) -> Result<()> {
    let attempts = letter.attempts + 1;
    let pause = Duration::seconds(30 * 2_i64.pow(attempts.clamp(1, 10).unsigned_abs() - 1)).min(Duration::hours(6));
    let given_up = (attempts >= TRIES).then_some(now);
    let tx = store.begin().await?;
    outbox::Entity::update_many()
        .col_expr(outbox::Column::Attempts, Expr::value(attempts))
        .col_expr(outbox::Column::NextAttemptAt, Expr::value(now + pause))
        .col_expr(outbox::Column::ClaimedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(outbox::Column::FailedAt, Expr::value(given_up))
        .col_expr(outbox::Column::LastError, Expr::value(Some(why.chars().take(500).collect::<String>())))
        .filter(outbox::Column::Id.eq(letter.id))
        .exec(&tx)
        .await?;
    if given_up.is_some() {
        forget_guardian(&tx, letter.id).await?;
        link::bounced(&tx, letter.id, now).await?;
    }
    Ok(tx.commit().await?)
}
