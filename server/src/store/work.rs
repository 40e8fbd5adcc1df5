use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Locale},
    error::AppError,
    ids::{AccountId, MunicipalityId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction};
use uuid::Uuid;

use crate::{
    accounts::queries,
    backend::Backend,
    entity::history,
    error::{Result, told},
    mail::{Mail, outbox},
};

/// One use case's transaction: who acts (their grants read again inside it), when, the history and the e-mails.
#[derive(Debug)]
pub struct Work {
    /// The transaction.
    pub tx: DatabaseTransaction,
    /// Who acts, as the database knows them now.
    pub actor: Actor,
    /// The instant of everything that is written.
    pub now: DateTime<Utc>,
    public_url: String,
}

/// One line of the history.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// What it is about: `mission`, `review`, …
    pub subject: &'a str,
    /// Its id.
    pub id: Uuid,
    /// Its tenant, if it has one.
    pub municipality: Option<MunicipalityId>,
    /// The state before.
    pub from: Option<&'a str>,
    /// The state after.
    pub to: &'a str,
    /// Why.
    pub reason: Option<&'a str>,
}

impl Work {
    /// Begins, and reads the actor's grants inside the transaction: a right that was just withdrawn no longer counts.
    ///
    /// # Errors
    /// When the database cannot be reached; `SignInFirst` when the account is gone.
    pub async fn begin(backend: &Backend, actor: &Actor) -> Result<Self> {
        let tx = backend.store.begin().await?;
        let mut actor = actor.clone();
        if let Some(account) = actor.account {
            let known = queries::grants(&tx, account).await?.ok_or_else(|| told(AppError::SignInFirst))?;
            (actor.grants, actor.volunteer) = (known.grants, known.volunteer);
        }
        Ok(Self { tx, actor, now: backend.clock.now(), public_url: backend.settings.public_url.clone() })
    }

    /// Writes a line of the history.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record(&self, step: Step<'_>) -> Result<()> {
        self.write(step, self.actor.account).await
    }

    /// Writes a line of the history that is nobody's act: it follows from another one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record_as_following(&self, step: Step<'_>) -> Result<()> {
        self.write(step, None).await
    }

    async fn write(&self, step: Step<'_>, by: Option<AccountId>) -> Result<()> {
        history::ActiveModel {
            id: Set(Uuid::now_v7()),
            subject: Set(step.subject.to_owned()),
            subject_id: Set(step.id),
            municipality_id: Set(step.municipality.map(|id| id.0)),
            actor_id: Set(by.map(|id| id.0)),
            at: Set(self.now),
            from_state: Set(step.from.map(str::to_owned)),
            to_state: Set(step.to.to_owned()),
            reason: Set(step.reason.filter(|reason| !reason.is_empty()).map(str::to_owned)),
        }
        .insert(&self.tx)
        .await?;
        Ok(())
    }

    /// Queues an e-mail to an address.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mail(&self, to: &str, locale: Locale, mail: Mail<'_>) -> Result<()> {
        outbox::queue(&self.tx, self.now, &self.public_url, to, locale, mail).await
    }

    /// Queues an e-mail that leaves at a later instant: its id in the outbox.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mail_at(&self, to: &str, locale: Locale, due: DateTime<Utc>, mail: Mail<'_>) -> Result<Uuid> {
        outbox::queue_at(&self.tx, (self.now, due), &self.public_url, to, locale, mail).await
    }

    /// Queues an e-mail that a mailbox can end by itself, at this address.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mail_listed(&self, to: &str, locale: Locale, mail: Mail<'_>, unsubscribe: &str) -> Result<()> {
        let id = self.mail_at(to, locale, self.now, mail).await?;
        outbox::listed(&self.tx, id, unsubscribe).await
    }

    /// The whole address of a page, for the text of an e-mail.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// Queues an e-mail to an account, in its language.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mail_account(&self, account: AccountId, mail: Mail<'_>) -> Result<()> {
        match queries::reach(&self.tx, account).await? {
            Some((email, locale)) => self.mail(&email, locale, mail).await,
            None => Ok(()),
        }
    }

    /// Makes everything last.
    ///
    /// # Errors
    /// When the database refuses; then nothing was done.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}
