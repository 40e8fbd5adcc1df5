use async_trait::async_trait;

use super::{DirectoryPage, ImportPage, LetterPage, LetterWelcome, LettersPage};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{AssociationLetterId, DirectoryEntryId, DirectoryImportId},
    organisations::OrganisationForm,
};

/// The use cases of letters to associations.
#[async_trait]
pub trait Letters: Send + Sync {
    /// A town's directory (INSEE code), fifty a page; words look into names, e-mails and activities.
    async fn directory(&self, actor: &Actor, insee: &str, words: &str, page: u32) -> Outcome<DirectoryPage>;

    /// Keeps a table, as text, to be looked at before it is imported; nothing of it is in the directory yet.
    async fn check(&self, actor: &Actor, insee: &str, text: String) -> Outcome<DirectoryImportId>;

    /// What an import would do.
    async fn import_page(&self, actor: &Actor, insee: &str, id: DirectoryImportId) -> Outcome<ImportPage>;

    /// Takes every good line, at once or not at all.
    async fn import(&self, actor: &Actor, insee: &str, id: DirectoryImportId) -> Outcome<()>;

    /// No longer writes to an association, or does again.
    async fn set_stopped(&self, actor: &Actor, insee: &str, id: DirectoryEntryId, stopped: bool) -> Outcome<()>;

    /// Takes an association out of the directory.
    async fn remove_entry(&self, actor: &Actor, insee: &str, id: DirectoryEntryId) -> Outcome<()>;

    /// The letters of a town.
    async fn list(&self, actor: &Actor, insee: &str) -> Outcome<LettersPage>;

    /// Begins a letter.
    async fn begin(&self, actor: &Actor, insee: &str) -> Outcome<AssociationLetterId>;

    /// A letter, previewed for an association of the directory (its id, or empty for the first).
    async fn letter(&self, actor: &Actor, insee: &str, id: AssociationLetterId, reader: &str) -> Outcome<LetterPage>;

    /// Changes a draft.
    async fn save_letter(
        &self,
        actor: &Actor,
        insee: &str,
        id: AssociationLetterId,
        subject: &str,
        body: &str,
    ) -> Outcome<()>;

    /// Throws a draft away.
    async fn discard(&self, actor: &Actor, insee: &str, id: AssociationLetterId) -> Outcome<()>;

    /// Sends a letter to every association that may be written to, once each.
    async fn send(&self, actor: &Actor, insee: &str, id: AssociationLetterId) -> Outcome<()>;

    /// Writes once more to those who did not come, did not stop it and could be reached.
    async fn remind(&self, actor: &Actor, insee: &str, id: AssociationLetterId) -> Outcome<()>;

    /// What a letter's personal link shows; looking changes nothing.
    async fn welcome(&self, actor: &Actor, token: &str) -> Outcome<LetterWelcome>;

    /// Notes that the invitation was followed.
    async fn follow(&self, actor: &Actor, token: &str) -> Outcome<()>;

    /// What a new organisation's form begins with, as the directory knows the association.
    async fn prefilled(&self, actor: &Actor, token: &str) -> Outcome<OrganisationForm>;

    /// Never writes to this association again.
    async fn unsubscribe(&self, actor: &Actor, token: &str) -> Outcome<()>;
}
