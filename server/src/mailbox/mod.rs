//! The mailbox of the demonstration: the server's side.

mod letter;
mod list;

use async_trait::async_trait;
use domain::{
    error::{AppError, Outcome},
    ids::LetterId,
    mailbox::{Delivery, LetterLine, LetterPage, Mailbox, MailboxPage, MailboxQuery},
};

use crate::{
    backend::Backend,
    entity::outbox,
    error::{Answered, Result, told},
};

#[async_trait]
impl Mailbox for Backend {
    async fn list(&self, query: MailboxQuery) -> Outcome<MailboxPage> {
        list::list(self, &query).await.answered()
    }

    async fn letter(&self, id: LetterId) -> Outcome<LetterPage> {
        letter::letter(self, id).await.answered()
    }

    async fn html(&self, id: LetterId) -> Outcome<String> {
        letter::html(self, id).await.answered()
    }
}

/// Anywhere but in a demonstration, e-mails are their recipients' alone.
fn demo_only(backend: &Backend) -> Result<()> {
    if backend.settings.demo { Ok(()) } else { Err(told(AppError::NotFound)) }
}

fn line(row: &outbox::Model) -> LetterLine {
    let delivery = match (row.sent_at, row.failed_at) {
        (Some(_), _) => Delivery::Sent,
        (None, Some(_)) => Delivery::GivenUp,
        (None, None) => Delivery::Waiting,
    };
    LetterLine {
        id: LetterId(row.id),
        recipient: row.recipient.clone(),
        subject: row.subject.clone(),
        at: row.created_at,
        delivery,
    }
}
