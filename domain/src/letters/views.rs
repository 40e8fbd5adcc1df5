//! What is sent and shown about letters to associations.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Column, LetterStatus, RecipientState, RefusedLine};
use crate::{
    ids::{AssociationLetterId, DirectoryEntryId, DirectoryImportId},
    network::TownRef,
};

/// A town's directory, a page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryPage {
    /// The town.
    pub town: TownRef,
    /// The associations of this page, by name.
    pub entries: Vec<EntryLine>,
    /// How many in all that match.
    pub total: u32,
    /// Page from 1.
    pub page: u32,
    /// Pages in all, at least 1.
    pub pages: u32,
    /// Whether the viewer may change it (a network admin only reads).
    pub may_write: bool,
}

/// An association of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLine {
    /// Its id.
    pub id: DirectoryEntryId,
    /// Its name.
    pub name: String,
    /// Where it is written to.
    pub email: String,
    /// What it does, may be empty.
    pub activity: String,
    /// It is not written to any more.
    pub stopped: bool,
}

/// A directory that was given and is not imported yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    /// The town.
    pub town: TownRef,
    /// Its id.
    pub id: DirectoryImportId,
    /// The columns as the file calls them, and what each was taken for.
    pub columns: Vec<(String, Option<Column>)>,
    /// The first associations: name, e-mail, activity.
    pub sample: Vec<(String, String, String)>,
    /// Associations that the directory does not know.
    pub new: u32,
    /// Associations that it knows by their e-mail, and that take what the file says.
    pub updated: u32,
    /// Associations of the table that asked for silence, and are not written to.
    pub silent: u32,
    /// Lines that are not taken, the first hundred.
    pub refused: Vec<RefusedLine>,
    /// How many are not taken.
    pub refused_count: u32,
}

/// The letters of a town, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LettersPage {
    /// The town.
    pub town: TownRef,
    /// Them.
    pub letters: Vec<LetterLine>,
    /// Associations that can be written to.
    pub reachable: u32,
    /// Whether the viewer may write.
    pub may_write: bool,
}

/// A letter in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterLine {
    /// Its id.
    pub id: AssociationLetterId,
    /// Its subject as it is told here, empty for a new one.
    pub subject: String,
    /// Where it stands.
    pub status: LetterStatus,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Associations it was sent to, and those of them that joined.
    pub sent_and_joined: (u32, u32),
}

/// A letter with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPage {
    /// The town.
    pub town: TownRef,
    /// Its id.
    pub id: AssociationLetterId,
    /// Where it stands.
    pub status: LetterStatus,
    /// Its subject as it is told here: with the town's own fields.
    pub title: String,
    /// Its subject, with fields.
    pub subject: String,
    /// Its text, with fields.
    pub body: String,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// When those who had not come were reminded.
    pub reminded_at: Option<DateTime<Utc>>,
    /// From when on they can be, once it was sent.
    pub remind_from: Option<DateTime<Utc>>,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
    /// Whom it was sent to, by name.
    pub recipients: Vec<RecipientLine>,
    /// Whom sending it or reminding would write to now.
    pub reachable: u32,
    /// Associations to preview it for, the first by name.
    pub readers: Vec<(DirectoryEntryId, String)>,
    /// As one of them gets it.
    pub preview: Option<LetterPreview>,
    /// Whether the viewer may write.
    pub may_write: bool,
}

/// A letter as one association gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPreview {
    /// Which.
    pub reader: DirectoryEntryId,
    /// Its name and e-mail.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// What became of a letter at one association.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientLine {
    /// Its name; empty once it left the directory.
    pub name: String,
    /// Where it was written to.
    pub email: String,
    /// How far it came.
    pub state: RecipientState,
}

/// What the personal link of a letter shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterWelcome {
    /// The town that wrote.
    pub town: TownRef,
    /// Its service.
    pub service: String,
    /// The association that it wrote to.
    pub association: String,
    /// Its organisation is on the platform already.
    pub joined: bool,
    /// It is not written to any more.
    pub stopped: bool,
}
