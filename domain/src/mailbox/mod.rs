//! The mailbox of the demonstration: whoever tries the site follows the links of its e-mails without an address of their own.
//!
//! It exists in demonstration mode only, and shows everybody's e-mails to everybody.

mod text;

pub use text::{Piece, pieces};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{error::Outcome, ids::LetterId};

/// What is asked of the mailbox, as typed in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct MailboxQuery {
    /// A part of the recipient's address, or empty.
    pub recipient: String,
    /// Page from 1.
    pub page: u32,
}

/// What became of an e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Not sent yet.
    Waiting,
    /// Sent.
    Sent,
    /// Given up after many tries.
    GivenUp,
}

/// An e-mail in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterLine {
    /// Its id.
    pub id: LetterId,
    /// To whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// When it was written, UTC.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub delivery: Delivery,
}

/// A page of the list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxPage {
    /// The e-mails of this page.
    pub letters: Vec<LetterLine>,
    /// How many in all.
    pub total: u32,
    /// Page from 1.
    pub page: u32,
    /// Pages in all, at least 1.
    pub pages: u32,
}

/// One e-mail, opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPage {
    /// Its head.
    pub head: LetterLine,
    /// Its text, links of this site apart.
    pub body: Vec<Piece>,
}

/// The use cases of the mailbox; `NotFound`, all of them, outside demonstration mode.
#[async_trait]
pub trait Mailbox: Send + Sync {
    /// The e-mails whose recipient matches, thirty a page.
    async fn list(&self, query: MailboxQuery) -> Outcome<MailboxPage>;

    /// One e-mail.
    async fn letter(&self, id: LetterId) -> Outcome<LetterPage>;

    /// The HTML version of an e-mail, a whole document.
    async fn html(&self, id: LetterId) -> Outcome<String>;
}
